"""A person at the screen. Does what a person does, looks where a person looks, and counts each answer she gives."""

from contextlib import contextmanager

from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bti import language
from bti.language import _

FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


def ends_a_run(frame):
    """Say whether this is the server's word that it has answered, and not that it begins anew."""
    message = ForwardMsg()
    message.ParseFromString(frame if isinstance(frame, bytes) else b"")
    return message.WhichOneof("type") == "script_finished" and message.script_finished in FINISHED


class Table:
    """The stafettholder's screen at the table, in bokmål or nynorsk. Texts are named in bokmål and said in her language."""

    def __init__(self, page, live, *, spoken="nb"):
        self.page, self.live, self.spoken = page, live, spoken
        self.answers = self.sentences = 0
        self.socket = None
        page.on("websocket", self._listens)

    def _listens(self, socket):
        self.socket = socket

    def says(self, text, **values):
        with language.speaking(self.spoken):
            return _(text, **values)

    def sign_in(self, username, password):
        self.page.goto(self.live.url)
        self.page.get_by_label(self.says("Brukernavn")).fill(username)
        self.page.get_by_label(self.says("Passord")).fill(password)
        self.page.get_by_role("button", name=self.says("Logg inn")).click()
        self.is_on("Mine saker")

    def is_on(self, title):
        expect(self.page.get_by_role("heading", level=1, name=self.says(title))).to_be_visible()
        self.settles()

    def settles(self):
        """Wait until what the server answered is drawn."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")

    @contextmanager
    def answered(self):
        """Do something the server answers, and wait until it has."""
        with self.socket.expect_event("framereceived", ends_a_run):
            yield
        self.settles()

    def writes(self, question, text, *, sentence=True):
        field = self.page.get_by_label(self.says(question), exact=False).first
        with self.answered():
            field.fill(text)
            field.press("Tab")
        self.answers += 1
        self.sentences += sentence

    def picks(self, question, option):
        group = self.page.get_by_role("radiogroup", name=self.says(question)).first
        with self.answered():
            group.get_by_text(self.says(option), exact=True).click()
        self.answers += 1

    def ticks(self, text):
        with self.answered():
            self.page.get_by_text(self.says(text), exact=True).click()
        self.answers += 1

    def chooses(self, question, option):
        field = self.page.get_by_role("combobox", name=self.says(question)).first
        field.click()
        field.press_sequentially(option[:8])
        with self.answered():
            self.page.get_by_role("option", name=option).first.click()
        self.answers += 1

    def closes_the_list(self):
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("option")).to_have_count(0)
        self.page.get_by_role("heading", level=1).click()

    def dates(self, question, day):
        field = self.page.get_by_test_id("stDateInput").filter(has_text=self.says(question)).first
        field.get_by_role("spinbutton").first.click()
        with self.answered():
            self.page.keyboard.type(day.strftime("%d%m%Y"))
            self.page.keyboard.press("Escape")
            self.page.keyboard.press("Tab")
            self.page.keyboard.press("Tab")
        self.answers += 1

    def presses(self, name, *, counted=True):
        with self.answered():
            self.page.get_by_role("button", name=self.says(name), exact=True).click()
        self.answers += counted

    def opens_part(self, title, press):
        part = self.page.get_by_role("heading", level=2, name=self.says(title))
        beside = part.locator("xpath=ancestor::*[@data-testid='stElementContainer']/following-sibling::*[1]")
        with self.answered():
            beside.get_by_role("button", name=self.says(press)).click()
        self.answers += 1

    def follows(self, text, **values):
        self.page.get_by_role("link", name=self.says(text, **values)).click()

    def goes_to(self, page):
        self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=self.says(page)).click()

    def sees(self, text, **values):
        expect(self.page.get_by_test_id("stMain")).to_contain_text(self.says(text, **values))

    def sees_not(self, text):
        expect(self.page.get_by_test_id("stMain")).not_to_contain_text(self.says(text))
