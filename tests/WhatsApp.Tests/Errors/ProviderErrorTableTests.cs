using System.Net;
using Waqtor.Instances;
using Waqtor.Sending;

namespace Waqtor.WhatsApp.Tests;

public sealed class ProviderErrorTableTests
{
    [Theory]
    [InlineData("4", SendOutcome.Wait)]
    [InlineData("80007", SendOutcome.Wait)]
    [InlineData("130429", SendOutcome.Wait)]
    [InlineData("131048", SendOutcome.Wait)]
    [InlineData("131056", SendOutcome.Wait)]
    [InlineData("133016", SendOutcome.Wait)]
    [InlineData("131053", SendOutcome.Retry)]
    [InlineData("131000", SendOutcome.Retry)]
    [InlineData("368", SendOutcome.Final)]
    [InlineData("100", SendOutcome.Final)]
    [InlineData("131047", SendOutcome.Final)]
    [InlineData("131049", SendOutcome.Final)]
    [InlineData("131051", SendOutcome.Final)]
    [InlineData("130472", SendOutcome.Final)]
    [InlineData("190", SendOutcome.Final)]
    public void CloudCode_Sorted_OverrulesTheHttpStatus(string code, SendOutcome outcome)
    {
        foreach (var status in (HttpStatusCode[])[HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.InternalServerError, HttpStatusCode.OK])
            ProviderErrorTable.Sort(ProviderKind.Cloud, code, status).Outcome.ShouldBe(outcome);
    }

    [Fact]
    public void PairRate_Sorted_ConcernsTheContactOnly()
    {
        ProviderErrorTable.Sort(ProviderKind.Cloud, "131056", HttpStatusCode.BadRequest).ContactOnly.ShouldBeTrue();
        ProviderErrorTable.Sort(ProviderKind.Cloud, "130429", HttpStatusCode.BadRequest).ContactOnly.ShouldBeFalse();
    }

    [Theory]
    [InlineData(400, SendOutcome.Final, false)]
    [InlineData(401, SendOutcome.Final, true)]
    [InlineData(403, SendOutcome.Final, true)]
    [InlineData(404, SendOutcome.Final, false)]
    [InlineData(408, SendOutcome.Retry, false)]
    [InlineData(413, SendOutcome.Final, false)]
    [InlineData(425, SendOutcome.Retry, false)]
    [InlineData(429, SendOutcome.Wait, false)]
    [InlineData(500, SendOutcome.Retry, false)]
    [InlineData(502, SendOutcome.Retry, false)]
    [InlineData(503, SendOutcome.Retry, false)]
    [InlineData(504, SendOutcome.Ambiguous, false)]
    [InlineData(524, SendOutcome.Ambiguous, false)]
    [InlineData(301, SendOutcome.Final, false)]
    [InlineData(307, SendOutcome.Final, false)]
    [InlineData(200, SendOutcome.Ambiguous, false)]
    public void HttpStatus_WithoutKnownCode_Decides(int status, SendOutcome outcome, bool isAuth)
    {
        foreach (var provider in Enum.GetValues<ProviderKind>())
        {
            foreach (var code in (string?[])[null, "no_such_code"])
                ProviderErrorTable.Sort(provider, code, (HttpStatusCode)status).ShouldBe(new ProviderError(outcome, IsAuth: isAuth));
        }
    }

    [Fact]
    public void CloudCode_OfAnotherProvider_SaysNothing() =>
        ProviderErrorTable.Sort(ProviderKind.Evolution, "130429", HttpStatusCode.InternalServerError).Outcome.ShouldBe(SendOutcome.Retry);
}
