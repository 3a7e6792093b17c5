"""The invented cases of the demo. Made once, when there are none yet; nobody in them exists."""

from sqlalchemy import select

from bti.casework.demo import consent_stories, later_stories, stories
from bti.casework.demo.making import sign_in
from bti.store.current import database
from bti.store.tables import Case


def seed() -> None:
    """Make the invented cases, if there are none yet: one in each step, and one for each thing consent can be."""
    with database().reading() as session:
        if session.execute(select(Case.id).limit(1)).first():
            return
    eirik, torleiv = sign_in("eirik"), sign_in("torleiv")
    stories.solveig(eirik)
    stories.ola(eirik)
    stories.bo(eirik)
    stories.ingrid(torleiv)
    stories.nils(eirik)
    for story in (*consent_stories.ALL, *later_stories.ALL):
        story(torleiv)
