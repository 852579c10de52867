// Each suite uses all processors by itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
