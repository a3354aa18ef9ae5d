"""Hands the services to the views, in the shape each view asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.composition.container import OnClose, ServiceContainer

if TYPE_CHECKING:
    from app.ui.bench.context import BenchContext
    from app.ui.chat.assembly import ChatDependencies
    from app.ui.settings.ports import SettingsDependencies
    from app.ui.studio.context import SpeechContext
    from app.ui.view_spec import ViewContext
    from app.ui.widgets.notifications import Notifier
    from app.ui.window import Window


def view_context(
    services: ServiceContainer,
    *,
    window: Window,
    notifier: Notifier,
    on_close: OnClose,
    set_language: Callable[[str], None],
    redact: Callable[[str], str],
    erase: Callable[[], None],
) -> ViewContext:
    """What the views are connected to; the dependencies of each are created when it is first shown."""
    from app.ui.view_spec import ViewContext

    return ViewContext(
        window=window,
        notifier=notifier,
        settings=services.settings,
        on_close=on_close,
        chat=partial(_chat, services, on_close),
        bench=partial(_bench, services, window, notifier, redact),
        speech=partial(_speech, services, notifier),
        recorder=lambda: services.audio_services().recorder,
        preferences=partial(_preferences, services, notifier, set_language, redact, erase),
    )


def _chat(services: ServiceContainer, on_close: OnClose) -> ChatDependencies:
    from app.composition.attachments import attachments
    from app.composition.talk import talk_dependencies
    from app.ui.chat.assembly import ChatDependencies
    from app.ui.chat.attachments.draft_attachments import AttachmentDependencies

    return ChatDependencies(
        workspace=services.workspace,
        files=services.conversation_files,
        calls=services.calls,
        models=services.models,
        toolbox=services.toolbox,
        own_tools=services.own_tools,
        tool_servers=services.tool_servers,
        approvals=services.approvals,
        prompts=services.prompts,
        statistics=services.statistics,
        tasks=services.tasks,
        charge=services.spending.charge,
        read_aloud=lambda: services.audio_services().aloud,
        dictation=lambda: services.audio_services().dictation,
        silence=services.silence,
        attachments=AttachmentDependencies(attachments(services), lambda: services.audio_services().playback),
        talk=talk_dependencies(services, on_close),
    )


def _bench(
    services: ServiceContainer, window: Window, notifier: Notifier, redact: Callable[[str], str]
) -> BenchContext:
    from app.composition.attachments import attachments
    from app.services.prompt_transfer import PromptTransfer
    from app.storage.text_files import TextFiles
    from app.ui.bench.context import BenchContext
    from app.ui.chat.attachments.draft_attachments import AttachmentDependencies

    return BenchContext(
        window=window,
        notifier=notifier,
        settings=services.settings,
        tasks=services.tasks,
        workspace=services.workspace,
        models=services.models,
        prompts=services.prompts,
        prompt_desk=services.prompt_desk,
        prompt_transfer=PromptTransfer(services.prompts, TextFiles(), redact),
        jobs=services.jobs,
        cases=services.cases(),
        text_files=TextFiles(),
        service_name=lambda: services.connection.profile.name,
        side_by_side=services.side_by_side,
        profiles=services.profiles.all,
        toolbox=services.toolbox,
        calls=services.calls,
        charge=services.spending.charge,
        attachments=AttachmentDependencies(attachments(services), lambda: services.audio_services().playback),
    )


def _speech(services: ServiceContainer, notifier: Notifier) -> SpeechContext:
    from app.services.speech.take_question import TakeQuestions
    from app.ui.studio.context import SpeechContext

    audio, database = services.audio_services(), services.database
    return SpeechContext(
        service=audio.speech,
        parts=audio.parts,
        playback=audio.playback,
        library=audio.library,
        recognition=audio.recognition,
        recorder=audio.recorder,
        models=services.models,
        blobs=database.blobs,
        audio=audio.audio,
        sessions=audio.sessions,
        voice_drafts=audio.voice_drafts,
        grids=audio.grids,
        jobs=services.jobs,
        take_files=audio.take_files,
        comparisons=audio.comparisons,
        auditions=audio.auditions,
        transcripts=audio.transcripts,
        directions=services.directions,
        lone_calls=services.workspace.lone_calls,
        word_checks=audio.word_checks,
        drift=audio.drift,
        questions=TakeQuestions(
            services.workspace.lone_calls, services.models, database.blobs, lambda: services.connection.profile.protocol
        ),
        cost_of=services.cost_of_call,
        tasks=services.tasks,
        settings=services.settings,
        notifier=notifier,
        temporary=services.home.temporary,
    )


def _preferences(
    services: ServiceContainer,
    notifier: Notifier,
    set_language: Callable[[str], None],
    redact: Callable[[str], str],
    erase: Callable[[], None],
) -> SettingsDependencies:
    from app.audio.devices import input_devices, output_devices, test_tone
    from app.storage.archive import export_all, import_all
    from app.ui.settings.ports import Archiver, HomePaths, SettingsDependencies

    audio, database, home = services.audio_services(), services.database, services.home
    return SettingsDependencies(
        profiles=services.profiles,
        connection=services.connection,
        models=services.models,
        spending=services.spending,
        keys=services.keys,
        make_client=services.make_client,
        demo_address=services.demo.address,
        play_tone=lambda: audio.player.play(test_tone()),
        microphone=audio.recorder,
        outputs=output_devices,
        inputs=input_devices,
        on_devices=audio.on_devices,
        set_language=set_language,
        backup_store=database,
        archiver=Archiver(partial(export_all, database), partial(import_all, database)),
        paths=HomePaths(home.root, home.database, home.blobs, home.backups, home.log, home.secrets),
        redact=redact,
        erase=erase,
        take_back_prompts=services.take_back_prompts,
        tasks=services.tasks,
        settings=services.settings,
        notifier=notifier,
    )
