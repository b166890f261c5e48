"""Provides folders, logs, cancellation, progress, and late imports of libraries."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.support.cancellation import Cancellation, Stopped
    from camviewer.engine.support.control import Control
    from camviewer.engine.support.crash_reports import library_versions
    from camviewer.engine.support.event_lines import EventLines, Failed, Paused, failure
    from camviewer.engine.support.folders import (
        data_folder,
        everything_in,
        networks_folder,
        offsets_folder,
        settings_folder,
    )
    from camviewer.engine.support.freed_memory import give_freed_memory_back
    from camviewer.engine.support.lazy_libraries import onnxruntime, timm, torchvision, transformers
    from camviewer.engine.support.logs import log_file, start_log
    from camviewer.engine.support.numeric_comparison import all_finite, same_numbers
    from camviewer.engine.support.own_executable import is_frozen, licence_file, own_command
    from camviewer.engine.support.priority import stand_back
    from camviewer.engine.support.progress import NO_PROGRESS, Progress
    from camviewer.engine.support.resources import resource
    from camviewer.engine.support.thread_waiting import spin_shortly
    from camviewer.engine.support.torch_loading import load_torch
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "cancellation": ["Cancellation", "Stopped"],
            "control": ["Control"],
            "crash_reports": ["library_versions"],
            "event_lines": ["EventLines", "Failed", "Paused", "failure"],
            "folders": [
                "data_folder",
                "everything_in",
                "networks_folder",
                "offsets_folder",
                "settings_folder",
            ],
            "freed_memory": ["give_freed_memory_back"],
            "lazy_libraries": ["onnxruntime", "timm", "torchvision", "transformers"],
            "logs": ["log_file", "start_log"],
            "numeric_comparison": ["all_finite", "same_numbers"],
            "own_executable": ["is_frozen", "licence_file", "own_command"],
            "priority": ["stand_back"],
            "progress": ["NO_PROGRESS", "Progress"],
            "resources": ["resource"],
            "thread_waiting": ["spin_shortly"],
            "torch_loading": ["load_torch"],
        },
    )

__all__ = [
    "NO_PROGRESS",
    "Cancellation",
    "Control",
    "EventLines",
    "Failed",
    "Paused",
    "Progress",
    "Stopped",
    "all_finite",
    "data_folder",
    "everything_in",
    "failure",
    "give_freed_memory_back",
    "is_frozen",
    "library_versions",
    "licence_file",
    "load_torch",
    "log_file",
    "networks_folder",
    "offsets_folder",
    "onnxruntime",
    "own_command",
    "resource",
    "same_numbers",
    "settings_folder",
    "spin_shortly",
    "stand_back",
    "start_log",
    "timm",
    "torchvision",
    "transformers",
]
