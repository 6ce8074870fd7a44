"""Put our front page at the root of the site, and remove Wagtail's example page and groups.

Rights come from appointments (docs/adr/0050-rights-from-appointments.md): a group that opens the
back office must not exist.
"""

from django.db import migrations


def grow_front_page(apps, schema_editor):
    content_types = apps.get_model("contenttypes", "ContentType").objects
    pages = apps.get_model("wagtailcore", "Page").objects
    sites = apps.get_model("wagtailcore", "Site").objects
    locale = apps.get_model("wagtailcore", "Locale").objects.order_by("pk").first()
    kind, _created = content_types.get_or_create(app_label="cms", model="frontpage")
    root = pages.get(depth=1)
    sites.all().delete()
    pages.filter(depth__gt=1).delete()
    front = apps.get_model("cms", "FrontPage").objects.create(
        title="邻里园",
        draft_title="邻里园",
        slug="linli",
        path=root.path + "0001",
        depth=2,
        numchild=0,
        url_path="/linli/",
        content_type=kind,
        locale=locale,
        live=True,
    )
    pages.filter(pk=root.pk).update(numchild=1)
    sites.create(
        hostname="localhost", port=80, site_name="邻里园", root_page=front, is_default_site=True
    )
    apps.get_model("auth", "Group").objects.filter(name__in=("Moderators", "Editors")).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_pages"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0002_initial_data"),
        ("wagtaildocs", "0002_initial_data"),
    ]

    operations = [migrations.RunPython(grow_front_page, migrations.RunPython.noop)]
