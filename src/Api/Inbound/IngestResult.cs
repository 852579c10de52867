using Waqtor.Api.Problems;

namespace Waqtor.Api.Inbound;

/// <summary>An answer, or why there is none.</summary>
internal readonly record struct IngestResult(DeliveryAnswer Answer, Problem? Refusal);
