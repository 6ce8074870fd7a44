from datetime import datetime, timezone

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PUBLISHED = datetime(2025, 12, 31, 16, tzinfo=timezone.utc)  # 2026-01-01 in Shanghai

TEXTS = {
    "terms": (
        """谁在用：本平台由县里开办，各村社使用；处理您个人信息的是县平台的运营单位，个人信息保护负责人的联系方式在页脚。

留下什么：您的手机号（用来登录）、您给自己起的名字；您报的事、发的话、照片；登录的时间和设备。您住哪一户，由网格员当面核对后才记。

做什么用：把您的事送到管它的人手里，办了告诉您；按法律该公开的公开，公开时不写您的真名、手机号和门牌。

给谁看：手机号和住处只有管这片的网格员、承办您那件事的人看得到，每次看都有记录。不给企业，不做广告，不给人打分排名。

留多久：账号在就留着；注销后，能认出您的内容删去或打断联系，法律要求保存的（如办事记录）按期限保存。

您可以：随时查看、更正、带走自己的信息，注销账号，或向个人信息保护负责人提出意见。不满十四周岁，由父母或监护人同意。""",
        """Who runs this: the county, for its villages and communities. The operator of the county's platform is responsible for your personal data; how to reach the privacy officer is at the foot of the page.

What is kept: your mobile number (to sign in) and the name you give yourself; what you report, write and photograph; when you signed in and with which device. Which household you live in is entered only after the grid worker has checked it with you.

What for: to bring your matter to those who look after it, and to tell you what was done. What the law makes public is made public without your real name, number or door.

Who sees it: your number and home are seen only by the grid worker of your area and by those who handle your matter, and every look is recorded. No company gets it, nothing is advertised, nobody is scored or ranked.

How long: as long as the account exists. When you close it, what could name you is deleted or cut off; what the law wants kept, such as the record of what was done, is kept for its time.

You can at any time see, correct and take with you what is kept about you, close the account, or write to the privacy officer. Below the age of fourteen a parent or guardian agrees.""",
    ),
    "location": (
        """报事时读一次手机的位置，好把事送到管那一片的网格员手里，也让办事的人找得到地方。

只在您点“用手机定位”的时候读，不在后台读。留下的是事情的地点和定位的误差；原始轨迹不留。公开页只写到微网格。

不同意也能报事：在地图上点、扫门牌码，或者从名单里选地方，都行。""",
        """When you report something, the phone's position is read once, so that the matter reaches the grid worker of that place and whoever handles it finds the spot.

It is read only when you tap “use my position”, never in the background. What is kept is the place of the matter and how exact it was; no track is kept. Public pages name no more than the micro-grid.

You can report without it: tap the map, scan the door plate, or choose the place from a list.""",
    ),
    "publish_name": (
        """在公开的地方（比如好人好事、活动名单、提案）写您的真名。

不同意就写您给自己起的名字。同意以后，以后公开的才写真名；收回以后，新的不再写，已经公开的页面也换回您起的名字。报事的公开页从来不写您的名字。""",
        """Your real name is shown in public places, such as good deeds, lists of an activity, or proposals.

Without your consent the name you gave yourself is shown. It holds for what is published from now on; once you take it back, nothing new carries your real name, and pages that are public already go back to the name you chose. Public pages of reports never carry a name.""",
    ),
    "publish_photo": (
        """在公开的地方用有您的照片，或写您做的一件好事。

每次公开之前，管页面的人会再给您看一遍。收回以后，照片从公开页取下。照片里的定位信息一律先删掉。""",
        """A photo in which you can be seen, or a good deed of yours, is shown in public places.

Before each publication the editor shows it to you once more. When you take your consent back, the photo is taken off the public pages. The position kept inside a photo is always deleted first.""",
    ),
    "sms": (
        """有急事时发短信给您：您的事被退回要您补充、您报名的活动改期、台风停水这类紧急通知。

平时的消息只在平台里看，不发短信。每人每天最多几条。不同意也不影响办事，只是急事要自己打开看。登录的验证码不算在内。""",
        """Urgent matters come to you by text message: your report needs something from you, an activity you joined is moved, a typhoon or a cut of the water.

Everything else is read on the platform alone. There are at most a few messages a day. Without your consent nothing is handled differently; you only have to look for urgent things yourself. Codes to sign in are not part of this.""",
    ),
}


def publish_texts(apps, schema_editor):
    ConsentText = apps.get_model("community", "ConsentText")
    ConsentText.objects.bulk_create(
        ConsentText(purpose=purpose, version=1, text_zh=zh, text_en=en, published_at=PUBLISHED)
        for purpose, (zh, en) in TEXTS.items()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0005_filing'),
    ]

    operations = [
        migrations.AddField(
            model_name='consent',
            name='given_by',
            field=models.ForeignKey(default=0, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='said by'),
            preserve_default=False,
        ),
        migrations.RunPython(publish_texts, migrations.RunPython.noop),
    ]
