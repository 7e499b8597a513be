"""Clusters and groups of deposits: a cluster is one content, or nearly; a group is one answer to it.

Below everything else of the bank: whatever stores or removes deposits keeps them here.
"""

from guiju.bank.clusters.model import PLACELESS
from guiju.bank.clusters.store import clusters_of, compare_again, join_exact, leave_clusters, regroup

__all__ = ["PLACELESS", "clusters_of", "compare_again", "join_exact", "leave_clusters", "regroup"]
