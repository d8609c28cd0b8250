"""Start the playground: python app.py (--help tells what can be set)."""

import hmac
import logging
import os
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path

from starlette.middleware import Middleware

from playground import hub, lora_files, model_folders, settings
from playground.catalog import Model, of_kind
from playground.engine import Engine
from playground.errors import Refused
from playground.gpu import Manager
from playground.gpu.local import Local
from playground.media import soundfont
from playground.settings import Settings
from tabs import TABS, mine_files, page, style_choice
from tabs.fastgradio import get_upload_folder, gr, rest_when_idle
from tabs.guard import Guard
from tabs.mine_files import Galleries
from tabs.mine_limits import Limits
from tabs.owners import Owners
from tabs.people import Names
from tabs.theme import theme
from tabs.wire import Generate, Prepare, Visits


def build(generate: Generate, options: Settings, prepare: Prepare = lambda key: None) -> gr.Blocks:
    """The whole page, as a function of `generate`; `prepare` is told which model a person is about to ask."""
    visits, galleries = Visits(generate), gallery(options)
    mine_files.use(galleries)

    def leave(request: gr.Request):
        visits.leave(request.session_hash or "")
        galleries.leave(request.session_hash or "")  # of one without a cookie, who is a visit

    seconds = max(60, int(options.output_hours * 3600))
    with gr.Blocks(title="Playground", analytics_enabled=False, delete_cache=(600, seconds)) as demo:
        page.header()
        shown = [tab for tab in TABS if models(tab.KIND)]
        with gr.Tabs(elem_id="tabs") as tabs:
            for tab in shown:
                with gr.Tab(tab.TITLE, id=tab.KIND):
                    tab.build(visits.generate, prepare, models(tab.KIND))
        if len(shown) > 1:
            demo.load(None, None, tabs, js=page.choose([tab.KIND for tab in shown]), api_visibility="private")
        demo.unload(leave)
    demo.queue(api_open=False, max_size=options.waiting_total, status_update_rate=2)
    rest_when_idle(demo)
    return demo


def gallery(options: Settings) -> Galleries:
    """Where people's pictures are kept, within the operator's limits."""
    each, everybody = options.gallery_megabytes_per_person, options.gallery_megabytes
    limits = Limits(options.output_hours * 3600, int(each * 1e6), int(everybody * 1e6))
    return Galleries(gallery_folder(options), limits)


def gallery_folder(options: Settings) -> Path:
    return Path(options.gallery).resolve() if options.gallery else Path(get_upload_folder()) / "galleries"


def models(kind: str) -> list[Model]:
    """The models of a tab. Families are compared side by side: there, those without their files are left out."""
    return [model for model in of_kind(kind) if kind != "latent" or hub.here(model)]


def serve(demo: gr.Blocks, options: Settings) -> str:
    """Start answering, in the background; the address to open."""
    port = free_port(options.host, options.port)
    code = options.access_code
    demo.launch(
        server_name=options.host,
        server_port=port,
        auth=(lambda name, given: hmac.compare_digest(given.encode(), code.encode())) if code else None,
        auth_message="Enter any name, and the access code as the password." if code else None,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        show_error=False,
        ssr_mode=False,
        run_history=False,
        enable_monitoring=False,
        footer_links=[],
        max_file_size="40mb",
        blocked_paths=[str(gallery_folder(options))],
        state_session_capacity=400,
        favicon_path=page.FAVICON,
        theme=theme(),
        head=page.head(),
        app_kwargs={
            "middleware": [Middleware(Guard, same_origin=bool(code)), Middleware(Names), Middleware(Owners)],
            "openapi_url": None,
        },
    )
    return f"http://{reachable(options.host)}:{port}"


def free_port(host: str, first: int) -> int:
    """The first port from `first` on that nobody listens on."""
    for port in range(first, min(first + 100, 65536)):
        try:
            with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
                return port
        except OSError:
            continue
    raise Refused(f"No port from {first} on can be listened on at {host}; --host and --port set others.")


def reachable(host: str) -> str:
    """`host` as others would call it."""
    if host not in ("0.0.0.0", "::"):
        return f"[{host}]" if ":" in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; only asks which of our addresses would be used
            return probe.getsockname()[0]
        except OSError:
            return "localhost"


def interrupt(*_) -> None:
    raise KeyboardInterrupt


def main() -> int:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        options = settings.read(sys.argv[1:])
        if options.models:
            for sentence in model_folders.use(Path(options.models)):
                print(sentence, file=sys.stderr)
        if options.loras:
            lora_files.use(Path(options.loras))
        if options.styles:
            style_choice.use(Path(options.styles))
        if options.soundfont:
            soundfont.use(Path(options.soundfont))
        manager = Manager(
            Local(options.device, threads=options.threads),
            waiting_per_person=options.waiting_per_person,
            waiting_total=options.waiting_total,
        )
        signal.signal(signal.SIGTERM, interrupt)
        with tempfile.TemporaryDirectory(prefix="playground-", ignore_cleanup_errors=True) as folder:
            os.environ["GRADIO_TEMP_DIR"] = folder  # uploads and results: one private place that goes when we go
            run(manager, options)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    return 0


def run(manager: Manager, options: Settings) -> None:
    engine = Engine(manager)
    demo = build(engine.generate, options, engine.prepare)
    try:
        address = serve(demo, options)
        code = f"  The access code is {options.access_code}" if options.access_code else ""
        print(f"Playground is at {address}{code}", flush=True)
        while True:
            time.sleep(600)
            mine_files.here().tidy()
    except KeyboardInterrupt:
        pass
    finally:
        manager.close()
        demo.close(verbose=False)


if __name__ == "__main__":
    sys.exit(main())
