namespace Waqtor.Archive.Tests;

/// <summary>The class's tests need a PostgreSQL server.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresPostgresAttribute : Attribute;
