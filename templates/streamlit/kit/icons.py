"""The default icon of a resource, by its name: a Material symbol that comes with Streamlit."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

import streamlit as st
from streamlit.errors import StreamlitAPIException

DEFAULT = ":material/table_rows:"

_WORDS: Mapping[str, str] = {
    "group": "team crew staff workforce community squad",
    "groups": "group cohort band committee",
    "person": "person people human user visitor guest member artist actor patient player passenger candidate applicant individual profile",
    "history_edu": "author writer poet journalist editor",
    "badge": "employee worker librarian agent driver officer",
    "account_circle": "account identity login",
    "handshake": "customer client partner sponsor vendor supplier lead deal",
    "contacts": "contact address addressbook recipient",
    "school": "student teacher school course class lesson university training",
    "quiz": "quiz question exam survey test",
    "business_center": "company organization organisation business employer tenant firm",
    "storefront": "store shop merchant seller marketplace",
    "shopping_cart": "cart order basket purchase",
    "receipt_long": "invoice receipt bill",
    "request_quote": "quote offer estimate proposal",
    "payments": "payment transaction payout refund",
    "credit_card": "card subscription plan",
    "account_balance": "bank ledger fund",
    "savings": "budget saving expense",
    "currency_exchange": "currency rate exchange price",
    "local_shipping": "shipment delivery shipping carrier truck",
    "package_2": "package parcel release artifact",
    "inventory_2": "product item stock inventory article good asset",
    "warehouse": "warehouse depot bin",
    "category": "category kind type genre",
    "sell": "tag label coupon discount voucher",
    "menu_book": "book novel publication magazine volume",
    "library_books": "library shelf collection catalog catalogue",
    "history": "history log audit revision version",
    "event": "event appointment booking reservation meeting",
    "calendar_month": "calendar day date month holiday",
    "schedule": "schedule shift timer slot hour time timesheet cron",
    "task_alt": "task todo job step",
    "checklist": "checklist requirement",
    "assignment": "assignment project form application",
    "assignment_return": "loan lending rental lease return",
    "bug_report": "bug issue defect fault incident",
    "confirmation_number": "ticket seat",
    "support_agent": "support case complaint helpdesk",
    "chat": "chat message conversation thread channel",
    "comment": "comment reply feedback note remark annotation",
    "rate_review": "review rating testimonial",
    "mail": "mail email letter inbox newsletter",
    "notifications": "notification alert alarm reminder",
    "campaign": "campaign announcement advert promotion",
    "newspaper": "news post story blog",
    "description": "document file contract policy report template record spec",
    "folder": "folder directory archive workspace",
    "image": "image photo picture illustration avatar gallery",
    "movie": "movie film video clip series show",
    "music_note": "song track music album playlist",
    "podcasts": "podcast episode broadcast",
    "location_on": "location place site stop point",
    "map": "map region area zone territory route",
    "public": "country city language domain website",
    "apartment": "building office apartment property branch",
    "home": "home house household",
    "meeting_room": "room hall classroom desk",
    "door_front": "door gate entrance",
    "hotel": "hotel stay accommodation bed",
    "restaurant": "restaurant meal dish menu recipe food ingredient",
    "local_cafe": "cafe drink beverage coffee",
    "directions_car": "car vehicle fleet",
    "train": "train rail station",
    "flight": "flight plane airport airline trip",
    "directions_boat": "boat ship vessel",
    "pets": "pet animal dog cat sheep horse",
    "park": "tree forest park garden",
    "eco": "plant flower crop seed",
    "science": "experiment sample lab measurement",
    "medication": "medication medicine drug prescription",
    "local_hospital": "hospital clinic doctor diagnosis treatment",
    "sports_soccer": "game match sport league tournament",
    "emoji_events": "award prize trophy competition badge",
    "key": "key token secret credential password",
    "shield": "role permission right guard",
    "gavel": "rule law regulation court",
    "settings": "setting configuration config option preference",
    "tune": "parameter filter control",
    "extension": "plugin extension module addon",
    "devices": "device phone laptop equipment machine hardware",
    "sensors": "sensor probe reading signal",
    "thermostat": "temperature thermostat weather climate",
    "bolt": "power energy charge meter",
    "dns": "server host node instance",
    "cloud": "cloud cluster deployment",
    "database": "database dataset table schema backup",
    "storage": "storage disk bucket",
    "lan": "network subnet router switch interface",
    "webhook": "webhook hook callback",
    "api": "api endpoint service integration",
    "code": "code script function repository commit",
    "rocket_launch": "launch rocket mission",
    "build": "build tool repair maintenance part",
    "factory": "factory production",
    "work": "position vacancy career profession",
    "percent": "tax fee commission",
    "monitoring": "metric statistic analytics benchmark",
    "flag": "flag goal milestone target",
    "link": "link url redirect bookmark",
    "lightbulb": "idea suggestion light lamp",
    "celebration": "party wedding festival",
    "account_tree": "workflow process pipeline",
    "view_kanban": "board sprint backlog kanban",
    "star": "favorite favourite star wish",
    "sync_alt": "sync transfer migration",
}
"""The symbols, each with the nouns that it is used for."""
_SYMBOLS = {word: symbol for symbol, words in _WORDS.items() for word in words.split()}
_ENDINGS = (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"), ("s", ""))


def of(module: str, chosen: str = "") -> str:
    """Return the icon of a resource: the chosen one if it exists, else one for the last known noun in the name."""
    if chosen and _is_icon(chosen):
        return chosen
    for word in reversed(re.findall(r"[a-z]+", module.lower())):
        symbol = _SYMBOLS.get(word) or _SYMBOLS.get(_singular(word))
        if symbol is not None:
            return f":material/{symbol}:"
    return DEFAULT


def _singular(word: str) -> str:
    if word in {"people", "children", "men", "women"}:
        return "person"
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word


@functools.cache
def _is_icon(chosen: str) -> bool:
    """Report whether Streamlit accepts an icon, since a definition may name one that does not exist."""
    try:
        st.Page(_nothing, title="-", icon=chosen)
    except StreamlitAPIException:
        return False
    return True


def _nothing() -> None:
    """Draw nothing."""
