"""Carries out runs on a cluster of Ray: the only room that opens a socket, and only when asked."""

from typing import TYPE_CHECKING

from camviewer.lazy_names import lazy_names

if TYPE_CHECKING:
    from camviewer.engine.cluster.ray_cluster import Cluster, batch_on_cluster
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "ray_cluster": ["Cluster", "batch_on_cluster"],
        },
    )

__all__ = [
    "Cluster",
    "batch_on_cluster",
]
