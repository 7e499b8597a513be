"""A project travels from the first start to the bank in a real browser; those who sign and annotate read Chinese."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import expect

from guiju.samples.documents import brief_text, rulebook_text
from guiju.samples.messages import INTENTS, Message, messages
from tests.journeys.conftest import Open
from tests.journeys.served import PASSWORD, Served, served
from tests.journeys.visitors import Visitor

ITEMS, TRIAL = 16, 6
CHINESE = "zh-CN"
NOTHING_LEFT = "这里没有要你做的了"
PEOPLE = {
    "zhou": ("Zhou Zheng", "AI trainer"),
    "lin": ("林岚", "Requester"),
    "alice": ("Alice", "Annotator"),
    "bob": ("Bob", "Annotator"),
    "hu": ("Hu Jian", "Inspector"),
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A house in which nobody has been yet."""
    with served(tmp_path_factory.mktemp("browser") / "home") as town:
        yield town


@dataclass
class Story:
    """What is known so far: the windows of those who came in, the project's path, the messages and their intents."""

    town: Served
    window: Open
    folder: Path
    windows: dict[str, Visitor] = field(default_factory=dict[str, Visitor])
    passwords: dict[str, str] = field(default_factory=dict[str, str])
    project: str = ""
    known: dict[str, Message] = field(default_factory=dict[str, Message])

    def __getitem__(self, name: str) -> Visitor:
        return self.windows[name]


def test_one_project_travels_from_the_first_start_to_the_bank(town: Served, window: Open, tmp_path: Path) -> None:
    story = Story(town, window, tmp_path)
    the_first_start_makes_an_administrator(story)
    everybody_gets_an_account_and_chooses_a_password(story)
    the_trainer_opens_a_project_and_takes_everybody_in(story)
    the_brief_is_imported_and_the_requester_signs_it_in_chinese(story)
    the_data_comes_in_as_a_csv(story)
    the_rulebook_is_published(story)
    the_trial_is_answered_by_keyboard_alone_in_chinese(story)
    the_gate_is_read_and_production_opens(story)
    production_is_annotated(story)
    a_lot_is_drawn_inspected_by_keys_and_accepted(story)
    a_delivery_is_built_and_downloaded(story)
    the_bank_finds_what_was_accepted(story)


def the_first_start_makes_an_administrator(story: Story) -> None:
    admin = story.windows["admin"] = story.window(story.town.url)
    admin.go("/")
    admin.heads("Make the first administrator")
    admin.write(name="An Min", email="admin@guiju.test", new=PASSWORD, again=PASSWORD)
    admin.press("Make my account and come in")
    admin.at("/work")
    admin.heads("My work today")


def everybody_gets_an_account_and_chooses_a_password(story: Story) -> None:
    for key, (name, _) in PEOPLE.items():
        story.passwords[key] = make_account(story["admin"], key, name)
        story.windows[key] = come_in(story, key)


def make_account(admin: Visitor, key: str, name: str) -> str:
    """The first password that the administrator hands out."""
    admin.go("/people/new")
    admin.write(name=name, email=f"{key}@guiju.test")
    if key == "zhou":
        admin.page.get_by_label("May open projects").check()
    admin.press("Make the account")
    admin.reads("They are shown now and never again")
    return admin.page.locator("td.num").inner_text()


def come_in(story: Story, key: str) -> Visitor:
    """The first sign-in: with the password that was handed out, to a password of one's own."""
    in_chinese = key in {"lin", "alice", "bob"}
    somebody = story.window(story.town.url, CHINESE if in_chinese else "en-GB")
    somebody.sign_in(f"{key}@guiju.test", story.passwords[key], "登录" if in_chinese else "Sign in")
    somebody.heads("设置密码" if in_chinese else "Choose your password")
    somebody.write(password=story.passwords[key], new=PASSWORD, again=PASSWORD)
    somebody.press("使用此密码" if in_chinese else "Keep this password")
    somebody.at("/work")
    somebody.heads("今天的工作" if in_chinese else "My work today")
    return somebody


def the_trainer_opens_a_project_and_takes_everybody_in(story: Story) -> None:
    zhou = story["zhou"]
    zhou.go("/projects")
    zhou.reads("You belong to no project yet")
    zhou.press("Open a project")
    zhou.write(name="Service messages", customer="Star River")
    zhou.press("Open the project")
    zhou.heads("Service messages")
    story.project = zhou.page.url.removeprefix(zhou.url).split("?")[0]
    for key, (_, role) in PEOPLE.items():
        if key != "zhou":
            take_in(zhou, story.project, key, role)
    assert [
        row.split("\n")[0] for row in zhou.page.locator("main tbody tr td:first-child").all_inner_texts()
    ] == sorted(name for name, _ in PEOPLE.values())


def take_in(zhou: Visitor, project: str, key: str, role: str) -> None:
    zhou.go(f"{project}/members")
    adding = zhou.page.locator("aside form").first
    adding.locator('[name="email"]').fill(f"{key}@guiju.test")
    adding.get_by_label(role).check()
    zhou.press("Add to the project")
    zhou.reads(f"{key}@guiju.test")


def the_brief_is_imported_and_the_requester_signs_it_in_chinese(story: Story) -> None:
    zhou, lin = story["zhou"], story["lin"]
    paper = story.folder / "brief.yaml"
    paper.write_text(brief_text("service"), encoding="utf-8")
    zhou.go(f"{story.project}/brief")
    zhou.page.locator('[name="trade"]').select_option("customer-service")
    zhou.page.locator('[name="what.zh"]').fill("尽量给每条消息标一个意图。")
    expect(zhou.page.locator("#found-what")).to_contain_text("尽量")
    expect(zhou.page.locator("#asks-what")).to_contain_text("What to ask")
    zhou.hand_over(paper)
    zhou.press("Import the brief")
    zhou.reads("The brief is saved.", "The requester signs it.")

    lin.go("/work")
    lin.reads("需求待需求方签字")
    lin.press("阅读并签字")
    lin.at(f"{story.project}/brief")
    lin.press("签字确认第 1 版")
    lin.reads("需求单已签字，其中的数字从现在起生效。", "已签字")


def the_data_comes_in_as_a_csv(story: Story) -> None:
    zhou = story["zhou"]
    made = messages(ITEMS, seed=7)
    story.known = {each.text: each for each in made}
    table = story.folder / "messages.csv"
    rows = ["id,text", *(f'm{number:04d},"{each.text}"' for number, each in enumerate(made)), 'm9999,""']
    table.write_text("\n".join(rows), encoding="utf-8")
    zhou.go(f"{story.project}/data")
    zhou.reads("First bring the data")
    zhou.hand_over(table)
    zhou.press("Look at what it is")
    zhou.reads(f"Of the first {ITEMS + 1} records {ITEMS} would become items.", made[0].text[:20])
    zhou.press(f"Import about {ITEMS + 1} records")
    expect(zhou.page.locator("main tbody tr").first).to_contain_text("messages.csv")
    expect(zhou.page.locator("main tbody tr td.r").first).to_have_text(str(ITEMS))
    zhou.press("messages.csv")
    zhou.heads("messages.csv")
    zhou.reads("m9999")


def the_rulebook_is_published(story: Story) -> None:
    zhou = story["zhou"]
    document = story.folder / "rulebook.md"
    document.write_text(rulebook_text("service"), encoding="utf-8")
    zhou.go(f"{story.project}/rulebook/edit")
    zhou.hand_over(document)
    zhou.press("Import as the draft")
    zhou.reads("Proposed: 1.0.0", "The first version.")
    zhou.press("Publish the saved draft")
    zhou.heads("Service messages: intent annotation rules")


def the_trial_is_answered_by_keyboard_alone_in_chinese(story: Story) -> None:
    zhou = story["zhou"]
    zhou.go(f"{story.project}/rounds")
    zhou.press("Prepare a trial")
    zhou.write(size=str(TRIAL))
    zhou.reads(f"With {TRIAL} items and 2 annotators")
    zhou.press(f"Open the trial: {TRIAL} items for 2 people")
    zhou.reads("The trial is open.", "Trial 1")
    for key in ("alice", "bob"):
        annotator = story[key]
        annotator.go("/work")
        annotator.reads("试标 1")
        annotator.press("开始标注")
        assert annotate(annotator, story.known) == TRIAL
        annotator.heads(NOTHING_LEFT)


def annotate(annotator: Visitor, known: dict[str, Message]) -> int:
    """Read the message, press its intent's number, press Enter; until nothing is left. No mouse."""
    page, answered = annotator.page, 0
    item, over = page.locator("article.text"), page.get_by_role("heading", name=NOTHING_LEFT)
    while True:
        expect(item.or_(over)).to_be_visible()
        if not item.is_visible():
            # What was sent last is acknowledged, and the queue was asked once more.
            expect(page.get_by_text("已存", exact=True)).to_be_visible()
            expect(over).to_be_visible()
            return answered
        text = item.inner_text()
        page.keyboard.press(str(1 + INTENTS.index(known[text].intent)))
        expect(page.locator("p.chosen .chip")).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.get_by_text(text, exact=True)).to_have_count(0)
        answered += 1


def the_gate_is_read_and_production_opens(story: Story) -> None:
    zhou = story["zhou"]
    zhou.go(story.project)
    zhou.reads("Trial 1 is complete: decide its gate")
    zhou.press("Read the report and decide")
    zhou.reads(f"{2 * TRIAL} answers of 2 annotators on {TRIAL} items", "1.000 over 6 items reaches the gate of 0.80")
    zhou.press("Close the trial and open production")
    zhou.reads("The trial is closed; production can be opened.", "Trial 1 passed its gate under version 1.0.0.")
    zhou.press(f"Open production of {ITEMS} items")
    zhou.reads("Production is open.", "Production 1")


def production_is_annotated(story: Story) -> None:
    alice = story["alice"]
    alice.go("/work")
    alice.reads("生产 1")
    alice.press("开始标注")
    assert annotate(alice, story.known) == ITEMS


def a_lot_is_drawn_inspected_by_keys_and_accepted(story: Story) -> None:
    hu = story["hu"]
    hu.go(f"{story.project}/lots")
    hu.press("Draw the first lot")
    hu.heads(f"Look at 5 of {ITEMS} items")
    hu.reads("Accepted with 0 defective or fewer, rejected with 1 or more.")
    hu.press(f"Draw a lot of {ITEMS} items")
    hu.heads("5 of 5 items are left to judge")
    hu.press("Inspect the next item")
    for place in range(1, 6):
        hu.reads(f"Place {place} of 5")
        text = hu.page.locator("article").inner_text()
        said = hu.page.locator(".chip").inner_text()
        assert said == NAMES[story.known[text].intent]
        hu.page.keyboard.press("p")
    hu.heads("Nothing of the sample is left for you to judge.")
    hu.reads("5 of 5 judged, 0 defective.")
    hu.press("Back to lot 1")
    hu.heads("Ready to be accepted")
    hu.press(f"Accept the lot of {ITEMS} items")
    hu.reads("The lot is accepted.")
    hu.heads("Accepted")


NAMES = {
    "logistics": "Logistics",
    "refund": "Refund",
    "exchange": "Exchange",
    "invoice": "Invoice",
    "complaint": "Complaint",
    "product": "Product question",
    "promotion": "Promotion",
    "chitchat": "Chit-chat",
}


def a_delivery_is_built_and_downloaded(story: Story) -> None:
    zhou = story["zhou"]
    zhou.go(f"{story.project}/deliveries")
    zhou.press("Build the package")
    zhou.reads("Delivery 1")
    expect(zhou.page.get_by_text("ready", exact=True)).to_be_visible()
    with zhou.page.expect_download() as waiting:
        zhou.press("Download")
    package = story.folder / waiting.value.suggested_filename
    waiting.value.save_as(package)
    assert delivered(package) == {text: each.intent for text, each in story.known.items()}
    zhou.page.locator("main select[name=parts]").select_option("train=80 test=20")
    zhou.press("Build the package")
    zhou.press("Delivery 2")
    zhou.reads("Parts", "80.0%")


def delivered(package: Path) -> dict[str, str]:
    """Intent by message, from a package whose every file is what its manifest says."""
    with zipfile.ZipFile(package) as files:
        manifest = json.loads(files.read("manifest.json"))
        for name, told in manifest["files"].items():
            assert hashlib.sha256(files.read(name)).hexdigest() == told["sha256"], name
        lines = [json.loads(line) for line in files.read("annotations.jsonl").splitlines()]
    return {line["text"]: line["answers"]["intent"]["labels"][0] for line in lines}


def the_bank_finds_what_was_accepted(story: Story) -> None:
    zhou = story["zhou"]
    wanted = next(each for each in story.known.values() if each.text.isascii())
    zhou.go(story.project)
    zhou.reads(f"Production 1: all {ITEMS} answers are in")
    zhou.press("Close production 1")
    zhou.reads(f"{ITEMS} accepted items wait for the customer")
    zhou.go("/bank")
    zhou.write(q=" ".join(wanted.text.replace("?", "").split()[:3]), label=wanted.intent)
    zhou.press("Search the bank")
    zhou.reads(wanted.text)
    row = zhou.page.locator("main tbody tr", has_text=wanted.text)
    expect(row).to_contain_text("Service messages")
