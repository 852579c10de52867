using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Tests;

public sealed class SpeedTests(ITestOutputHelper output)
{
    [Fact]
    public void Seeds_OnOneThread_TellHowFastTimePasses()
    {
        SeedRunner.Run([901, 902, 903, 904], threads: 1);
        var campaign = SeedRunner.Run(Enumerable.Range(911, 30).Select(seed => (long)seed), threads: 1);

        // A figure to read, not to assert: the machine may be busy with something else.
        using var text = new StringWriter();
        campaign.Print(text);
        output.WriteLine(text.ToString());
        campaign.ConversationHours.ShouldBeGreaterThan(0);
    }
}
