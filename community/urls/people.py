from django.urls import path

from community.views import appointments, claims, households, people

urlpatterns = [
    path("me/", people.me, name="me"),
    path("acting/<int:pk>/", people.act_for, name="act_for"),
    path("acting/end/", people.act_for_myself, name="act_for_myself"),
    path("household/", households.household, name="household"),
    path("household/head/", households.head, name="household_head"),
    path("household/departure/", households.leave, name="household_leave"),
    path("household/plate.svg", households.plate, name="household_plate"),
    path("household/claims/<int:pk>/withdrawal/", households.withdraw, name="claim_withdrawal"),
    path("claims/", claims.claims, name="claims"),
    path("claims/<int:pk>/", claims.claim, name="claim"),
    path("appointments/", appointments.appointments, name="appointments"),
    path("appointments/areas/<int:pk>/", appointments.appointments, name="appointments_of"),
    path("appointments/areas/<int:pk>/new/", appointments.appoint, name="appoint"),
    path("appointments/<int:pk>/end/", appointments.end, name="appointment_end"),
]
