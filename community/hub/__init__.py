"""The per-process hub: what carries news to every open page of this process.

A socket has no channel of its own. The process subscribes once to each topic that somebody here
listens to (``person:7``, later ``meeting:3``), gets every announcement once as ready-made text
with the topic's sequence number, and writes the same bytes to each listener. Nobody is ever waited
for: who does not read is hung up on, and comes back for what was missed. docs/live.md has the
protocol, docs/adr/0060 the measurements behind it.
"""

from community.hub.bus import publish, publish_hang_up
from community.hub.hub import Hub, health, hub_of_this_loop
from community.hub.rooms import Position
from community.hub.seats import GOODBYE, SLOW, TRY_LATER, Seat
from community.hub.topics import TopicKind, Unknown, register_topic, topic_kind

__all__ = [
    "GOODBYE",
    "SLOW",
    "TRY_LATER",
    "Hub",
    "Position",
    "Seat",
    "TopicKind",
    "Unknown",
    "health",
    "hub_of_this_loop",
    "publish",
    "publish_hang_up",
    "register_topic",
    "topic_kind",
]
