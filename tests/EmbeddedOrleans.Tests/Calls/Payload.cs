namespace EmbeddedOrleans.Tests.Calls;

[GenerateSerializer, Immutable]
internal sealed record Payload([property: Id(0)] string Text);
