"""A websocket client that speaks to Streamlit without a browser, and so can lie as no browser would."""

import socket
from contextlib import ExitStack, closing

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

FOR_A_RUN = 30


class Refused(Exception):
    """The handshake was refused."""

    def __init__(self, response):
        super().__init__(response.status_code)
        self.status = response.status_code
        self.headers = response.headers


class Wire:
    """One open websocket."""

    def __init__(self, live, *, cookie=None, session=None, headers=None, host=None, origin="own"):
        host = host or f"127.0.0.1:{live.port}"
        sent = {**({"Cookie": cookie} if cookie else {}), **(headers or {})}
        self._open = ExitStack()
        line = self._open.enter_context(socket.create_connection(("127.0.0.1", live.port)))
        try:
            opening = connect(
                f"ws://{host}/_stcore/stream",
                sock=line,
                origin=f"http://{host}" if origin == "own" else origin,
                subprotocols=["streamlit", "x", *([session] if session else [])],
                additional_headers=sent,
                compression=None,
                ping_interval=None,
                max_size=None,
                proxy=None,
            )
            self._socket = self._open.enter_context(opening)
        except InvalidStatus as no:
            self._open.close()
            raise Refused(no.response) from None
        self.session = None
        self.raw = b""

    def run(self, query=""):
        """Run the page once, and return every text it showed."""
        message = BackMsg()
        message.rerun_script.query_string = query
        self._socket.send(message.SerializeToString())
        shown = []
        while True:
            frame = self._socket.recv(FOR_A_RUN)
            self.raw += frame
            said = ForwardMsg.FromString(frame)
            match said.WhichOneof("type"):
                case "new_session":
                    self.session = said.new_session.initialize.session_id
                case "delta":
                    shown += _texts(said.delta.new_element)
                case "script_finished" if said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return shown
                case _:
                    pass

    def close(self):
        self._open.close()

    def __enter__(self):
        return self

    def __exit__(self, *_trouble):
        self.close()


def shown_to(live, cookie, query="", **how):
    """Open a websocket, run the page once and return what it showed."""
    with closing(Wire(live, cookie=cookie, **how)) as wire:
        return wire.run(query)


def _texts(element):
    match element.WhichOneof("type"):
        case "text":
            return [element.text.body]
        case "alert":
            return [element.alert.body]
        case "exception":
            return [f"EXCEPTION {element.exception.message}"]
        case _:
            return []
