"""Creates the services of the bench when its view is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.core.catalogue import catalogue
from app.core.messages import new_id
from app.core.prices import usual_currency
from app.core.profiles import Profile
from app.core.side_by_side import BesideRun, Column, Desk
from app.services.bench.desk import OpenDesk, column_of
from app.services.bench.profile_connections import ProfileConnections
from app.services.bench.run_budget import RunBudget
from app.services.bench.side_by_side import SideBySide
from app.services.chat.session import ChatSession
from app.services.chat.usage_observer import UsageObserver
from app.services.connection import Connection
from app.services.record_autosaver import RecordAutosaver
from app.services.record_keeper import RecordKeeper

if TYPE_CHECKING:
    from app.composition.container import ServiceContainer


def side_by_side(services: ServiceContainer) -> SideBySide:
    """The service that runs conversations side by side."""
    database, profiles = services.database, services.profiles
    drafts: RecordAutosaver[Desk] = RecordAutosaver(database.desks, services.tasks, "desk")
    runs: RecordKeeper[BesideRun] = RecordKeeper(database.beside_runs, services.tasks, "run")

    def connect(profile: Profile) -> Connection:
        return Connection(
            profile, keys=services.keys, make_client=services.make_client, demo=services.demo, ends_demo=False
        )

    connections = ProfileConnections(
        services.connection, lambda profile_id: profiles.with_network(profiles.get(profile_id)), connect
    )
    budget = RunBudget(services.spending.cost_of, lambda: usual_currency(services.connection.profile))
    desk = OpenDesk(drafts, services.workspace)
    desk.default_columns = lambda session: _columns(services, session)
    made = SideBySide(
        desk, runs, services.workspace, database.conversations, connections, services.toolbox, services.approvals,
        budget, services.tasks,
    )  # fmt: skip
    metered = UsageObserver(services.statistics, services.spending)
    made.on_reply.subscribe(lambda reply: metered.step_ended("", reply))
    for event in (drafts.on_failed, runs.on_failed, made.on_failed):
        event.subscribe(services.on_failed.emit)
    return made


def _columns(services: ServiceContainer, session: ChatSession | None) -> tuple[Column, ...]:
    """Two columns: one that asks as the conversation does, and one with the next model that is offered."""
    workspace, models = services.workspace, services.models
    model = models.chosen("chat")
    current = workspace.current.conversation if workspace.current is not None else None
    defaults = workspace.defaults()
    sampling = current.sampling.for_another_conversation() if current is not None else defaults[2]
    first = column_of(session, (current.model if current is not None else "") or model, sampling, ())
    thinks = catalogue().model(first.model).thinks(first.sampling.thinking)
    first = _thinking(first, thinks)
    others = [each.id for each in models.of_kind("chat") if each.id != first.model]
    return first, _thinking(
        Column(
            new_id(), first.profile, others[0] if others else first.model, first.system, first.sampling, first.tools
        ),
        thinks,
    )


def _thinking(column: Column, thinks: bool) -> Column:
    return replace(column, sampling=replace(column.sampling, thinking=thinks))
