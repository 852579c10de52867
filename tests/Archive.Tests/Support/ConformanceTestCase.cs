using Xunit.Abstractions;
using Xunit.Sdk;

namespace Waqtor.Archive.Tests;

/// <summary>xunit 2 cannot skip a test that runs, and an attribute does not see the class: the case knows both.</summary>
public sealed class ConformanceTestCase : XunitTestCase
{
    [Obsolete("For the deserializer.", error: true)]
    public ConformanceTestCase()
    {
    }

    public ConformanceTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(messages, display, options, method)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.GetCustomAttributes(typeof(RequiresPostgresAttribute)).Any() && PostgresServer.Missing is { } reason
            ? reason
            : base.GetSkipReason(factAttribute);
}
