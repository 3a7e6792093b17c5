"""Who takes part, who carries the log, and what is put right about the family. Open in every step."""

from bti.casework.people import family_facts as family
from bti.casework.people import handing_over as duty
from bti.casework.people import people as taking_part
from bti.casework.people import transferring as moving
from bti.language import _
from bti.rules.access import Action, may
from bti.rules.workflow import CaseStatus
from forms import correcting, frame, handing_over, here, in_error, papers, people, protecting, siblings, transferring
from forms.parts import Parts

case = here.on_the_table("deltakere")
top = frame.head(case, _("Hvem er med"))
in_error.ask(case)
leads = case.status is not CaseStatus.CLOSED and may(case.sight, Action.LEAD)
parts = Parts(f"{case.number}.deltakere", may_write=leads)
everybody = taking_part.people(case)
parts.read_only("alle", _("Hvem er med"), people.who_is_here(everybody, top))

if leads:
    people.way_to_ask_for_more(case)
    people.ask_who_comes(case, parts)
    people.ask_who_leaves(case, everybody)
    view, known = duty.view(case), family.view(case)
    if parts.part("stafettholder", _("Stafettholder"), handing_over.told(view, top.stafettholder)):
        handing_over.ask(case, view, parts)
    if parts.part("stedfortreder", _("Stedfortreder"), handing_over.told_deputy(view)):
        handing_over.ask_deputy(case, view, parts)
    moves = moving.transfers(case)
    if parts.part("bytte", _("Bytter skole eller barnehage"), transferring.told(case, moves, top.owner_service)):
        transferring.ask(case, moves, everybody, top.owner_service, parts)
    if parts.part("barn", _("Barnet"), correcting.told_child(known)):
        correcting.ask_child(case, known, parts)
    if parts.part("foresatte", _("Foresatte"), correcting.told_guardians(known)):
        correcting.ask_guardian(case, known, everybody, parts)
    siblings.show(case, known, parts)
    correcting.sms(case)
    protecting.ask(case)
    parts.read_only("rettet", _("Rettet"), correcting.told_corrections(known))
    papers.again(case, known.print_again)
else:
    parts.read_only("telefon", _("Telefon"), correcting.told_phones(case, family.phones(case)))
