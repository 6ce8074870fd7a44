from django.urls import path

from community.views import plate_sheets, plates

urlpatterns = [
    path("household/plate/lost/", plates.lost, name="plate_lost"),
    path("plates/", plates.plates, name="plates"),
    path("plates/areas/<int:pk>/", plates.area, name="plates_of"),
    path("plates/areas/<int:pk>/new/", plates.put_up, name="plate_put_up"),
    path("plates/areas/<int:pk>/print/", plate_sheets.ask, name="plates_print"),
    path("plates/<int:pk>/", plates.plate, name="plate"),
    path("plates/<int:pk>/replacement/", plates.replace, name="plate_replace"),
    path("plates/<int:pk>/print/", plate_sheets.ask_one, name="plate_print"),
    path("plates/<int:pk>/plate.<str:form>", plates.picture, name="plate_picture"),
    path("plates/sheets/<uuid:pk>/", plate_sheets.sheets, name="plate_sheets"),
    path("plates/sheets/<uuid:pk>/plates.pdf", plate_sheets.pdf, name="plate_sheets_pdf"),
    path("plates/sheets/<uuid:pk>/list/", plate_sheets.hanging_list, name="plate_sheets_list"),
]
