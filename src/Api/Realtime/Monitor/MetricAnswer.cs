namespace Waqtor.Api.Realtime.Monitor;

/// <summary>One series of a metric.</summary>
/// <param name="Name">As the meters name it.</param>
/// <param name="Kind"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
/// <param name="Tags">Name and value of each tag.</param>
/// <param name="Value">The sum since the start; of a gauge the last value.</param>
/// <param name="Count">Values taken; of a histogram the number behind the sum.</param>
/// <param name="Unit">Such as <c>s</c> or <c>By</c>.</param>
public sealed record MetricAnswer(string Name, string Kind, string Tags, double Value, long Count, string? Unit);
