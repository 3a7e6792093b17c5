"""What was done, in words: as the audit is told to those it concerns (R-50)."""

from collections.abc import Mapping
from typing import Final

from bti.language import N_, _

DID: Final[Mapping[str, str]] = {
    "look": N_("leste"),
    "refused": N_("ble nektet"),
    "create_case": N_("opprettet stafettloggen"),
    "add_colleagues": N_("tok med kolleger"),
    "remove_colleague": N_("avsluttet en kollegas deltakelse"),
    "let_back": N_("tok med en kollega igjen"),
    "ask_family": N_("spurte familien om samtykke"),
    "record_answer": N_("skrev ned et svar på samtykke"),
    "let_nobody_in": N_("skrev ned et svar på samtykke"),
    "ask_for_more": N_("spurte familien om mer"),
    "ask_to_renew": N_("spurte familien om å fornye samtykket"),
    "note_child_told": N_("skrev at barnet er fortalt hvem som får vite hva"),
    "add_evidence": N_("skrev hvor et svar er journalført"),
    "withdraw": N_("skrev ned at samtykke ble trukket"),
    "narrow": N_("avgrenset hva en tjeneste ser"),
    "own_log_yes": N_("skrev ned familiens ja til logg i egen tjeneste"),
    "do_without_log": N_("skrev ned at familien ikke vil ha digital logg"),
    "create_log": N_("opprettet en digital logg likevel"),
    "note_paper_meeting": N_("noterte et møte på papir"),
    "end_on_paper": N_("avsluttet saken på papir"),
    "register_ongoing": N_("registrerte en sak som gikk på papir"),
    "save_situation": N_("skrev om situasjonen"),
    "add_text": N_("skrev mer om situasjonen"),
    "change_text": N_("endret noe om situasjonen"),
    "agree": N_("skrev en avtale"),
    "settle": N_("skrev at en avtale er gjort"),
    "plan_child": N_("avtalte hvordan barnet blir hørt"),
    "save_child_view": N_("skrev det barnet har sagt"),
    "choose_readers": N_("skrev hvem barnet vil dele det med"),
    "save_oppmerksomhet": N_("skrev oppmerksomhet og mål"),
    "save_tiltak": N_("skrev et tiltak"),
    "describe_meeting": N_("skrev hvor møtet er og hva det handler om"),
    "divide_duties": N_("fordelte oppgavene i møtet"),
    "bring_to_meeting": N_("noterte at en til kommer på møtet"),
    "choose_who_comes": N_("noterte hvem som ikke kommer på møtet"),
    "agree_evaluation": N_("avtalte evalueringsmøtet"),
    "save_best_interests": N_("skrev barnets beste"),
    "move_on": N_("gikk videre til neste steg"),
    "record_evaluation": N_("evaluerte et tiltak"),
    "judge_round": N_("vurderte endringen"),
    "weigh": N_("skrev vekten av barnets mening"),
    "set_concern": N_("endret hvor en oppmerksomhet står"),
    "decide": N_("skrev beslutningen"),
    "agree_who_tells": N_("avtalte hvem som forteller barnet"),
    "carry_out": N_("satte beslutningen i verk"),
    "submit_evaluation": N_("sendte inn en evaluering"),
    "add_voice": N_("skrev hva noen sa om et tiltak"),
    "close": N_("avsluttet stafettloggen"),
    "reopen_case": N_("åpnet stafettloggen igjen"),
    "agree_afterwards": N_("avtalte hvem som forteller barnet"),
    "child_was_told": N_("skrev at barnet har fått vite det"),
    "record_archived": N_("skrev at loggen er arkivert"),
    "prepare_transfer": N_("avtalte bytte av skole eller barnehage"),
    "family_says_yes": N_("skrev at familien sier ja til byttet"),
    "cancel_transfer": N_("tok tilbake byttet av skole eller barnehage"),
    "record_transfer_archived": N_("skrev at loggen er arkivert etter byttet"),
    "write_message": N_("skrev meldingen til eksterne tjenester"),
    "family_has_read": N_("skrev at familien har lest meldingen"),
    "make_ready": N_("gjorde meldingen klar"),
    "was_sent": N_("skrev at meldingen er sendt"),
    "call_meeting": N_("avtalte møtet med eksterne tjenester"),
    "go_out": N_("begynte på nytt med eksterne tjenester"),
    "family_says_no": N_("skrev at familien ikke vil spørre andre"),
    "document": N_("skrev ut stafettloggen"),
    "message": N_("skrev ut meldingen til eksterne tjenester"),
    "propose": N_("spurte en ny stafettholder"),
    "spoken_yes": N_("skrev ned at den nye stafettholderen sa ja i møtet"),
    "take_back": N_("trakk tilbake spørsmålet om ny stafettholder"),
    "ask_again": N_("spurte den samme stafettholderen igjen"),
    "appoint": N_("spurte en ny stafettholder, fordi den gamle er borte"),
    "appoint_deputy": N_("valgte en stedfortreder mens stafettholderen er borte"),
    "change_holder_of_class": N_("spurte en ny stafettholder for hele klassen"),
    "rename_class": N_("skrev hva klassen heter nå"),
    "coordinator_look": N_("så som BTI-koordinator hvem som har loggen"),
    "join_asker": N_("tok med den som spurte etter en logg"),
    "close_double": N_("lukket en logg som var opprettet ved en feil"),
    "start_in_error": N_("spurte om loggen var opprettet ved en feil"),
    "end_in_error": N_("lukket en logg som var opprettet ved en feil"),
    "close_in_error": N_("lukket en logg som var opprettet ved en feil"),
    "not_in_error": N_("skrev at loggen ikke er opprettet ved en feil"),
    "ask_for_log": N_("spurte BTI-koordinatoren om en logg"),
    "let_create": N_("lot den som spurte, opprette en logg"),
    "decline_request": N_("avslo å opprette en logg"),
    "user_add": N_("laget en bruker"),
    "user_change": N_("endret en bruker"),
    "user_enable": N_("åpnet en bruker igjen"),
    "user_disable": N_("avsluttet en bruker"),
    "service_save": N_("lagret en tjeneste"),
    "read_audit": N_("leste sporingsloggen"),
    "sign_in": N_("logget inn"),
    "sign_out": N_("logget ut"),
    "correct_child": N_("rettet barnets navn, fødselsdato eller klasse"),
    "correct_guardian": N_("rettet en foresatt"),
    "change_address": N_("endret om adressen er sperret"),
    "block": N_("endret hvem barnet er skjult for"),
    "approve_strict_address": N_("godkjente stafettlogg for et barn med strengt fortrolig adresse"),
    "save_everyday": N_("skrev hvor barnet går, og språk"),
    "note_sibling": N_("noterte et søsken"),
    "forget_sibling": N_("tok bort et søsken"),
    "agree_on_reading": N_("skrev om en fosterforelder leser som familien"),
    "save_contact": N_("skrev hvordan en foresatt nås"),
    "accept_handover": N_("tok over som stafettholder"),
    "decline_handover": N_("takket nei til å være stafettholder"),
    "name_deputy": N_("valgte en stedfortreder"),
    "end_deputy": N_("avsluttet stedfortrederens tid"),
    "add_note": N_("skrev et notat"),
    "carry_on": N_("skrev hvem som gjør et tiltak videre"),
    "change_what_follows": N_("endret noe ved et tiltak"),
    "describe": N_("utdypet et mål eller en oppmerksomhet"),
    "offer": N_("skrev et forslag til tiltak"),
    "family_says": N_("skrev hva familien sier om et tiltak"),
    "approve_read_aloud": N_("skrev at planen er lest opp og godkjent"),
    "answer_about_me": N_("skrev ned hva en foresatt sier om det som gjelder en selv"),
    "decide_who_answers": N_("skrev hvem som skal svare på samtykket"),
    "note_notice": N_("skrev om en med foreldreansvar har fått vite hvem som svarer"),
    "extract": N_("skrev ut innsynet til familien"),
    "paper_read": N_("leste gjennom en utskrift for navn og sted"),
    "command_line": N_("brukte kommandolinja"),
}
PARTS: Final[Mapping[str, str]] = {
    "oppstart": N_("Oppstart"),
    "planlegg_tiltak": N_("Planlegg tiltak"),
    "iverksett": N_("Sett i verk"),
    "evaluering": N_("Evaluering"),
    "veien_videre": N_("Veien videre"),
    "samtykke": N_("Samtykke"),
    "deltakere": N_("Hvem er med"),
    "stafettlogg": N_("Stafettloggen"),
    "innsyn": N_("Innsyn"),
}
REFUSED: Final = "refused"
"""An act of its own when the gate said no; else the outcome of an act that came to nothing."""
NOT_DONE_BECAUSE: Final[Mapping[str, str]] = {
    "not_yours": N_("har ikke stafettloggen"),
    "not_allowed": N_("det gjør stafettholderen"),
    "not_covered": N_("samtykket dekker det ikke"),
}
"""By the names of the reasons the gate gives."""
SAID_OTHERWISE: Final = frozenset({"print_stafettlogg", "print_message", "print_extract", "read_through"})
"""A paper is said by its own line, which knows for whom it was made."""
OF_THE_ADDRESS: Final = frozenset({"approve_strict_address", "paper_read"})
"""What would say that the child is hidden; it is told the personvernombud, and no one in the case or the family (R-60)."""
SAID_AS: Final[Mapping[str, str]] = {
    "change_address": "correct_child",
    "block": "correct_guardian",
    "answer_about_me": "record_answer",
    "withdraw": "record_answer",
}
"""That an address is protected is told nobody: to the family it is a correction like any other (R-60).

Of two guardians the one who has not done it knows that the other has: what one says of herself (R-59) and takes back (R-10)
is an answer like any other.
"""


def did(action: str, thing: str, outcome: str) -> str:
    """Say what was done, on which page when it was a look, and why not when it was refused."""
    said, part = DID.get(action, action), PARTS.get(thing)
    if action == REFUSED:
        return _refused(part or DID.get(thing), NOT_DONE_BECAUSE.get(outcome))
    if outcome == REFUSED:
        return _refused(said, None)
    return f"{_(said)}: {_(part)}" if part and action == "look" else _(said)


def told(action: str, thing: str, outcome: str) -> str:
    """Say the same to those in the case and the family, who are not told that an address is protected, nor who of them said what (R-59, R-60)."""
    return did(SAID_AS.get(action, action), "" if thing in OF_THE_ADDRESS else SAID_AS.get(thing, thing), outcome)


def _refused(what: str | None, why: str | None) -> str:
    said = f"{_(DID[REFUSED])}: {_(what)}" if what else _(DID[REFUSED])
    return f"{said} ({_(why)})" if why else said
