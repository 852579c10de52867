// Times are measured here: two servers at once would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
