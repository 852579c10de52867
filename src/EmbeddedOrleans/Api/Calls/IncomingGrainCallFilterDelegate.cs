namespace Orleans;

/// <summary>An incoming filter written as a function.</summary>
public delegate Task IncomingGrainCallFilterDelegate(IIncomingGrainCallContext context);
