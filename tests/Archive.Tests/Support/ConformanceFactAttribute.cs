using Xunit.Sdk;

namespace Waqtor.Archive.Tests;

/// <summary>A fact of the suite that every database must pass; skipped in a class whose database this machine lacks.</summary>
[XunitTestCaseDiscoverer("Waqtor.Archive.Tests." + nameof(ConformanceFactDiscoverer), "Waqtor.Archive.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConformanceFactAttribute : FactAttribute;
