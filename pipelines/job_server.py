"""The engine of a pass, where one is named: its job server must leave the signals alone."""

import atexit

from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.portability.job_server import JobServer, StopOnExitJobServer
from apache_beam.runners.portability.portable_runner import PortableRunner
from apache_beam.runners.runner import PipelineRunner, create_runner


def named_runner(options: PipelineOptions) -> PipelineRunner:
    """The runner that `--runner` names, fit to be used beside the main thread.

    A portable runner (Prism, Flink) starts a job server that would take SIGINT over from `stop`,
    and cannot even do so but on the main thread (`StopOnExitJobServer.start`, Beam 2.77): here it
    is stopped when the process ends, and the signals stay where they are.
    """
    runner = create_runner(options.view_as(StandardOptions).runner)
    if isinstance(runner, PortableRunner):
        take_default = runner.default_job_server
        runner.default_job_server = lambda given: _without_signals(  # type: ignore[method-assign]
            take_default(given)
        )
    return runner


def _without_signals(server: JobServer) -> JobServer:
    if not isinstance(server, StopOnExitJobServer):
        return server
    inner: JobServer = server._job_server  # noqa: SLF001 - there is no public way to it
    atexit.register(inner.stop)
    return inner
