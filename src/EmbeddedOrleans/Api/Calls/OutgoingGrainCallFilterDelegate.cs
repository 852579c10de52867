namespace Orleans;

/// <summary>An outgoing filter written as a function.</summary>
public delegate Task OutgoingGrainCallFilterDelegate(IOutgoingGrainCallContext context);
