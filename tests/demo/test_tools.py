"""Tool calls for a question, their arguments, and sentences about their results."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from app.demo.chat import dates, places, reply
from app.demo.chat.question import Answer, Call, Message, Question, Tool
from app.demo.chat.script import load_script
from app.demo.models import MODELS

MODEL = MODELS["mimo-v2.6-pro"]
STRING, NUMBER, INTEGER, BOOLEAN = ({"type": kind} for kind in ("string", "number", "integer", "boolean"))
TOMORROW = (dt.date.today() + dt.timedelta(1)).isoformat()


def tool(name: str, required: str = "", description: str = "", **fields: dict[str, Any]) -> Tool:
    """A tool; a trailing underscore keeps a field's name from being a keyword."""
    properties = {field.removesuffix("_"): schema for field, schema in fields.items()}
    return Tool(name, description, {"type": "object", "properties": properties, "required": required.split()})


WEATHER = tool(
    "get_current_weather",
    "location",
    "Get the current weather in a given location",
    location=STRING | {"description": "The city and state, e.g. San Francisco, CA"},
    unit=STRING | {"enum": ["celsius", "fahrenheit"]},
)
"""As in the documents."""
FORECAST = tool("get_forecast", "city", city=STRING, date=STRING | {"format": "date"}, days=INTEGER)
CALCULATE = tool("calculate", "expression", "Evaluate an arithmetic expression exactly.", expression=STRING)
CLOCK = tool("get_current_time", "", "Current date, time and weekday", timezone=STRING)
ZONE = tool("get_time", "zone", zone=STRING)
UNITS = STRING | {"enum": ["m", "km", "mi", "C", "F"]}
CONVERT = tool("convert_units", "value from to", "Convert a value between units.", value=NUMBER, from_=UNITS, to=UNITS)
FLIGHTS = tool(
    "search_flights",
    "origin destination date",
    "Search flights by date.",
    origin=STRING,
    destination=STRING,
    date=STRING,
    passengers=INTEGER,
)
TABLE = tool("book_table", "restaurant people", restaurant=STRING, people=INTEGER, date=STRING, time=STRING)
EMAIL = tool("send_email", "to body", "Sends an e-mail.", to=STRING, subject=STRING, body=STRING)
TRANSLATE = tool("translate", "text target_language", text=STRING, target_language=STRING)
CURRENCY = tool("convert_currency", "amount from to", amount=NUMBER, from_=STRING, to=STRING)
STOCK = tool("get_stock_price", "symbol", symbol=STRING)
SEARCH = tool("web_search", "query", query=STRING, limit=INTEGER)
ORDER = tool("track_order", "order_id", order_id=STRING)
LIGHT = tool("set_light", "room state", room=STRING, state=STRING | {"enum": ["on", "off"]})
AVERAGE = tool("average", "numbers", numbers={"type": "array", "items": NUMBER})
EVENT = tool("create_event", "title", "Adds a calendar event.", title=STRING, online=BOOLEAN, minutes=INTEGER)


TIMER = tool("set_timer", "minutes", minutes=NUMBER, label=STRING)
READ = tool("read_file", "path", path=STRING)
REMIND = tool("create_reminder", "text", text=STRING, date=STRING, time=STRING)
HOTELS = tool(
    "find_hotels",
    "city",
    city=STRING,
    check_in=STRING,
    check_out=STRING,
    max_price=NUMBER,
    guests=INTEGER,
)
COMPARE = tool("compare_cities", "cities", cities={"type": "array", "items": STRING})
DISTANCE = tool("get_distance", "from to", from_=STRING, to=STRING)
POSITION = tool("weather_at", "latitude longitude", latitude=NUMBER, longitude=NUMBER)


def answer(text: str, *tools: Tool, history: tuple[Message, ...] = ()) -> Answer:
    return reply.answer(Question(MODEL, (*history, Message("user", text)), tools, thinking=False))


def arguments(text: str, *tools: Tool) -> list[dict[str, Any]]:
    return [json.loads(call.arguments) for call in answer(text, *tools).calls]


@pytest.mark.parametrize(
    ("asked", "offered", "expected"),
    [
        ("What is the weather like in Hebei?", WEATHER, [{"location": "Hebei"}]),
        ("what's the weather like in hebei?", WEATHER, [{"location": "Hebei"}]),
        ("Weather in Paris in Fahrenheit?", WEATHER, [{"location": "Paris", "unit": "fahrenheit"}]),
        ("How warm is it in San Francisco, CA?", WEATHER, [{"location": "San Francisco, CA"}]),
        ("Is it raining in Beijing, Oslo and Ulan Bator?", WEATHER,
         [{"location": "Beijing"}, {"location": "Oslo"}, {"location": "Ulan Bator"}]),
        ("How is the weather in Hebei, China?", WEATHER, [{"location": "Hebei, China"}]),
        ("Will it rain in the Netherlands or in Rio de Janeiro?", WEATHER,
         [{"location": "Netherlands"}, {"location": "Rio de Janeiro"}]),
        ("What is the temperature in St. Petersburg?", WEATHER, [{"location": "St. Petersburg"}]),
        ("What should I wear in New York City tomorrow?", WEATHER, [{"location": "New York City"}]),
        ("明天北京会下雨吗？", WEATHER, [{"location": "北京"}]),
        ("请问石家庄市今天的天气怎么样？", WEATHER, [{"location": "石家庄"}]),
        ("weather in ouagadougou today", WEATHER, [{"location": "Ouagadougou"}]),
        ("河北的天气怎么样？", WEATHER, [{"location": "河北"}]),
        ("帮我查一下邯郸和保定的天气，用华氏度", WEATHER,
         [{"location": "邯郸", "unit": "fahrenheit"}, {"location": "保定", "unit": "fahrenheit"}]),
        ("武汉明天天气怎么样？", FORECAST, [{"city": "武汉", "date": TOMORROW}]),
        ("Will it rain in Oslo in the next 3 days?", FORECAST, [{"city": "Oslo", "days": 3}]),
        ("What is 17.5 × 3?", CALCULATE, [{"expression": "17.5 * 3"}]),
        ("17 乘以 23 等于多少？", CALCULATE, [{"expression": "17 * 23"}]),
        ("weather San Francisco, CA in fahrenheit", WEATHER,
         [{"location": "San Francisco, CA", "unit": "fahrenheit"}]),
        ("What's the weather like in Paris, is it warm?", WEATHER, [{"location": "Paris"}]),
        ("sqrt of 144", CALCULATE, [{"expression": "sqrt(144)"}]),
        ("Add 5 and 7.5", CALCULATE, [{"expression": "5 + 7.5"}]),
        ("Subtract 3 from 10", CALCULATE, [{"expression": "10 - 3"}]),
        ("What is 12 squared?", CALCULATE, [{"expression": "12 ** 2"}]),
        ("What time is it in Tokyo?", ZONE, [{"zone": "Asia/Tokyo"}]),
        ("现在纽约几点？", ZONE, [{"zone": "America/New_York"}]),
        ("What time is it?", CLOCK, [{}]),
        ("What time is it in Hebei and London?", CLOCK, [{"timezone": "Asia/Shanghai"}, {"timezone": "Europe/London"}]),
        ("What time is it in Lima?", CLOCK, [{"timezone": "America/Lima"}]),
        ("Convert 10 km to miles", CONVERT, [{"value": 10, "from": "km", "to": "mi"}]),
        ("37 摄氏度是多少华氏度？", CONVERT, [{"value": 37, "from": "C", "to": "F"}]),
        ("Find flights from Paris to Berlin on 2027-05-03 for 2 passengers", FLIGHTS,
         [{"origin": "Paris", "destination": "Berlin", "date": "2027-05-03", "passengers": 2}]),
        ("Book a table for four people at Luigi in Rome tomorrow at 7 pm", TABLE,
         [{"restaurant": "Luigi", "people": 4, "date": TOMORROW, "time": "19:00"}]),
        ("Send an email to Anna saying the meeting is moved to Friday", EMAIL,
         [{"to": "Anna", "body": "the meeting is moved to Friday"}]),
        ("Send an email to anna@example.org saying “See you soon.”", EMAIL,
         [{"to": "anna@example.org", "body": "See you soon."}]),
        ("Translate 'good morning' to French", TRANSLATE, [{"text": "good morning", "target_language": "French"}]),
        ("把“早上好”翻译成法语", TRANSLATE, [{"text": "早上好", "target_language": "法语"}]),
        ("How much is 100 dollars in euros?", CURRENCY, [{"amount": 100, "from": "USD", "to": "EUR"}]),
        ("What is the stock price of AAPL?", STOCK, [{"symbol": "AAPL"}]),
        ("小米的股价是多少", STOCK, [{"symbol": "小米"}]),
        ("Search the web for the latest MiMo release, top 3", SEARCH,
         [{"query": "the latest MiMo release", "limit": 3}]),
        ("Where is my order #A1234?", ORDER, [{"order_id": "A1234"}]),
        ("Turn off the light in the kitchen", LIGHT, [{"room": "kitchen", "state": "off"}]),
        ("What is the average of 3, 5 and 8?", AVERAGE, [{"numbers": [3, 5, 8]}]),
        ("Create a calendar event called Standup, 15 minutes, online", EVENT,
         [{"title": "Standup", "online": True, "minutes": 15}]),
        ("定一个10分钟的闹钟", TIMER, [{"minutes": 10}]),
        ("Set a timer for ten minutes", TIMER, [{"minutes": 10}]),
        ("给anna@example.org发邮件，内容是：明天见", EMAIL, [{"to": "anna@example.org", "body": "明天见"}]),
        ("读取文件notes.txt", READ, [{"path": "notes.txt"}]),
        ("Read the file ~/notes/todo.md", READ, [{"path": "~/notes/todo.md"}]),
        ("看看AAPL的股价", STOCK, [{"symbol": "AAPL"}]),
        ("Remind me to call mom tomorrow at 5 pm", REMIND, [{"text": "call mom", "date": TOMORROW, "time": "17:00"}]),
        ("Find a hotel in Kyoto from December 20, 2027 to December 23, 2027 under 200 for 2 guests", HOTELS,
         [{"city": "Kyoto", "check_in": "2027-12-20", "check_out": "2027-12-23", "max_price": 200, "guests": 2}]),
        ("Compare the cities Berlin, Paris and Rome", COMPARE, [{"cities": ["Berlin", "Paris", "Rome"]}]),
        ("从北京到上海的距离是多少", DISTANCE, [{"from": "北京", "to": "上海"}]),
        ("Write a poem about autumn", tool("write_file", "path content", path=STRING, content=STRING), []),
        ("Say hello", WEATHER, []),
    ],
)  # fmt: skip
def test_arguments_come_from_the_question(asked: str, offered: Tool, expected: list[dict[str, Any]]) -> None:
    assert arguments(asked, offered) == expected


def test_question_about_several_things_calls_several_tools() -> None:
    assert arguments("北京现在几点，17 × 23 等于多少？", CLOCK, CALCULATE, WEATHER) == [
        {"timezone": "Asia/Shanghai"},
        {"expression": "17 * 23"},
    ]


@pytest.mark.parametrize(("asked", "place"), [("And in Oslo?", "Oslo"), ("那上海呢？", "上海")])
def test_follow_up_asks_the_same_about_another_place(asked: str, place: str) -> None:
    history = (Message("user", "What is the weather like in Hebei? 天气？"), Message("assistant", "Sunny."))
    [call] = answer(asked, WEATHER, history=history).calls
    assert json.loads(call.arguments) == {"location": place}


@pytest.mark.parametrize(
    ("asked", "offered", "part"),
    [
        ("How is the weather?", WEATHER, "Which place do you mean?"),
        ("天气怎么样？", WEATHER, "您问的是哪里？"),
        ("Where is my order?", ORDER, "*order id*"),
        ("What time is it in Atlantis?", CLOCK, "Which place do you mean?"),
        ("What's the weather in Paris?", POSITION, "*latitude*, *longitude*"),
        ("Find me a flight", FLIGHTS, "*origin*, *destination*"),
    ],
)
def test_what_the_question_leaves_open_is_asked_for(asked: str, offered: Tool, part: str) -> None:
    given = answer(asked, offered)
    assert given.calls == ()
    assert part in given.text and f"`{offered.name}`" in given.text


def reported(asked: str, offered: Tool, *results: str, failed: bool = False) -> str:
    """What is said about the results of the calls to a question, without the closing line."""
    user = Message("user", asked)
    calls = answer(asked, offered).calls
    assert len(calls) == len(results)
    messages = [
        Message("tool", text, call_id=call.id, failed=failed) for call, text in zip(calls, results, strict=True)
    ]
    question = Question(MODEL, (user, Message("assistant", calls=calls), *messages), (offered,), thinking=False)
    return reply.answer(question).text.removesuffix(load_script(question.language).sentence("mark")).strip()


AT_EIGHT = '{"datetime": "2026-11-28T20:08:50+08:00", "weekday": "Saturday", "timezone": "CST"}'


@pytest.mark.parametrize(
    ("asked", "offered", "results", "said"),
    [
        ("What is 17.5 × 3?", CALCULATE, ['{"expression": "17.5 * 3", "result": 52.5}'], "17.5 × 3 is **52.5**."),
        ("What is 17.5 × 3?", CALCULATE, ["52.5"], "17.5 × 3 is **52.5**."),
        ("17 乘以 23 等于多少？", CALCULATE, ['{"result": 391}'], "17 × 23 等于 **391**。"),
        ("Convert 10 km to miles", CONVERT, ['{"value": 6.2137, "unit": "mi"}'], "10 km is **6.2137 mi**."),
        ("37 摄氏度是多少华氏度？", CONVERT, ['{"value": 98.6, "unit": "F"}'], "37 °C 等于 **98.6 °F**。"),
        ("What time is it in Beijing?", CLOCK, [AT_EIGHT],
         "The clock says **20:08** in Beijing; it is Saturday, 28 November 2026."),
        ("北京现在几点？", CLOCK, [AT_EIGHT], "北京现在是 **20:08**，2026年11月28日，星期六。"),
        ("What time is it?", CLOCK, ["ten past eight"], "The clock says **ten past eight**."),
        ("What is the weather like in Hebei?", WEATHER,
         ['{"location": "Hebei", "temperature": 21, "unit": "celsius", "description": "Sunny", "humidity": 40}'],
         "In Hebei it is **21 °C** and sunny, humidity 40 %."),
        ("What is the weather like in Hebei and Oslo?", WEATHER,
         ['{"temp_f": 70, "condition": "Light rain"}', "It is snowing hard in Oslo."],
         "In Hebei it is **70 °F** with light rain. It is snowing hard in Oslo."),
        ("武汉明天天气怎么样？", FORECAST, ['{"temperature": "18 °C", "condition": "小雨"}'],
         "武汉明天**18 °C**，小雨。"),
        ("What is the stock price of AAPL?", STOCK, ['{"price": 182.3, "currency": "USD"}'],
         "Here is what `get_stock_price` returned: price **182.3**, currency USD."),
        ("What time is it in Tokyo?", ZONE, ['{"time": "14:05", "zone": "Asia/Tokyo"}'],
         "The clock says **14:05** in Tokyo."),
        ("石家庄天气怎么样？", WEATHER, ['{"temp": 21, "condition": "Partly cloudy"}'],
         "石家庄现在**21 °C**，晴间多云。"),
        ("Turn on the light in the kitchen", LIGHT, ["ok"], "Done: `set_light` reports success."),
        ("Where is my order #A1234?", ORDER, ['{"status": "shipped"}'], "The status is **shipped**."),
        ("从北京到上海的距离是多少", DISTANCE, ['{"from": "北京", "distance_km": 1213.5}'], "距离是 **1213.5 km**。"),
        ("Remind me to call mom", REMIND, ['{"status": "created"}'], "Done: `create_reminder` reports success."),
        ("Read the file notes.txt", READ, ["Buy milk. Call Anna."], "`read_file` says: “Buy milk. Call Anna.”"),
        ("Where is my order #A1234?", ORDER, ["{}"], "`track_order` ran, but it returned nothing."),
        ("Where is my order #A1234?", ORDER, ['{"ok": true, "eta": "Monday"}'],
         "Done: `track_order` reports success (eta **Monday**)."),
        ("Search the web for MiMo", SEARCH, ['[{"title": "One", "site": "a.org"}, {"title": "Two", "site": "b.org"}]'],
         "`web_search` found 2 entries:\n\n- **One**: site a.org\n- **Two**: site b.org"),
    ],
)  # fmt: skip
def test_results_are_put_into_sentences(asked: str, offered: Tool, results: list[str], said: str) -> None:
    assert reported(asked, offered, *results) == said


@pytest.mark.parametrize(
    ("result", "part"),
    [
        ('{"error": "The user declined this call."}', "You didn't allow `calculate`"),
        ('{"error": {"message": "division by zero"}}', "`calculate` couldn't answer: division by zero."),
        ("Error: no network", "`calculate` couldn't answer: Error: no network."),
    ],
)
def test_failed_and_declined_calls_say_what_to_do_next(result: str, part: str) -> None:
    said = reported("What is 1 / 0.5?", CALCULATE, result)
    assert part in said
    assert "type a result yourself" in said


@pytest.mark.parametrize(
    "result", ["null", "[]", "[[[]]]", '{"a": {"b": [1, {"c": null}]}}', "x" * 100_000, "true", '"']
)
@pytest.mark.parametrize("offered", [WEATHER, CALCULATE, CLOCK, CONVERT, ORDER], ids=lambda tool: tool.name)
def test_any_result_is_reported_in_few_words(offered: Tool, result: str) -> None:
    call = Call("1", offered.name, "{}")
    messages = (Message("user", "Well?"), Message("assistant", calls=(call,)), Message("tool", result, call_id="1"))
    assert 0 < len(reply.answer(Question(MODEL, messages, (offered,))).text) < 1_000


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("tomorrow", "2026-11-29"), ("the day after tomorrow", "2026-11-30"), ("on Monday", "2026-11-30"),
        ("next Friday", "2026-12-04"), ("May 3rd", "2027-05-03"), ("3 December 2026", "2026-12-03"),
        ("大后天", "2026-12-01"), ("下周三", "2026-12-02"), ("12月5日", "2026-12-05"),
        ("2026-02-30", None), ("soon", None),
    ],
)  # fmt: skip
def test_dates_are_understood(text: str, date: str | None) -> None:
    found = dates.find(text, dt.date(2026, 11, 28))
    assert [named.date.isoformat() for named in found] == ([date] if date else [])


@pytest.mark.parametrize(
    ("text", "time"),
    [("at 7 pm", "19:00"), ("15:30", "15:30"), ("下午3点半", "15:30"), ("12 am", "00:00"), ("noonish", None)],
)
def test_times_are_understood(text: str, time: str | None) -> None:
    assert dates.find_time(text) == time


@pytest.mark.parametrize(
    "text", ["How is it in January?", "Answer in English", "外面天气怎么样", "What is in the box?"]
)
def test_other_words_are_no_places(text: str) -> None:
    assert places.find(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Book room 3 for 90 minutes", {"book_room": {"room": 3, "minutes": 90}}),
        ("Book room 3 and tell me the climate there", {"book_room": {"room": 3}, "room_climate": {"room": 3}}),
        ("预订会议室 3", {"book_room": {"room": 3}}),
        ("Roll 3 dice with 20 sides", {"roll_dice": {"dice": 3, "sides": 20}}),
    ],
)
def test_tools_of_the_users_own_get_their_arguments_from_the_question(
    text: str, expected: dict[str, dict[str, Any]]
) -> None:
    book = tool("book_room", "room", "Book a meeting room for a time span.", room=INTEGER, minutes=INTEGER)
    climate = tool("room_climate", "room", "Temperature and humidity of a room.", room=INTEGER)
    dice = tool("roll_dice", "", "Roll dice.", dice=INTEGER, sides=INTEGER)
    calls = answer(text, *(each for each in (book, climate, dice) if each.name in expected)).calls
    assert {call.name: json.loads(call.arguments) for call in calls} == expected


MUSEUM = (
    tool(
        "find_objects", "", "Find objects of the museum by room, kind or year.",
        room=INTEGER, kind=STRING | {"enum": ["any", "wall", "floor", "case"]}, before=INTEGER,
    ),
    tool("object_details", "number", "Details of one museum object with its picture.", number=INTEGER),
    tool("room_plan", "room", "Size and objects of one room of the museum.", room=INTEGER),
    tool("take_inventory", "", "Take the inventory of the museum, room by room; it takes a while.", seconds=NUMBER),
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "called", "values"),
    [
        ("Which objects hang on the wall in room 3 of the museum?", "find_objects", {"room": 3, "kind": "wall"}),
        ("Show me object 301 of the museum with its picture.", "object_details", {"number": 301}),
        ("What is the plan of room 2?", "room_plan", {"room": 2}),
        ("Take the inventory of the museum.", "take_inventory", {}),
    ],
)
def test_of_the_tools_of_one_server_the_one_that_fits_best_is_called(
    asked: str, called: str, values: dict[str, Any]
) -> None:
    (made,) = answer(asked, *MUSEUM).calls
    assert (made.name, json.loads(made.arguments)) == (called, values)


def test_a_picture_without_words_calls_no_tool() -> None:
    earlier = (Message("user", "Show me object 301 of the museum with its picture."), Message("assistant", "Here."))
    assert answer("", *MUSEUM, history=earlier).calls == ()
