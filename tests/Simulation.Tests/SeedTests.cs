using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Tests;

public sealed class SeedTests(ITestOutputHelper output)
{
    private const int Fixed = 500;
    private const int Fresh = 500;

    // Seeds that found a bug in the product, and what it was. They stay, although a later mend may hide what an earlier one was for.
    [Theory]
    [MemberData(nameof(Regressions))]
    public void Seed_ThatFoundABug_BreaksNothing(long seed, string bug)
    {
        output.WriteLine(bug);
        Check(SeedRunner.Run([seed]));
    }

    [Fact]
    public void FixedSeeds_Run_BreakNothingAndReachEverything()
    {
        var campaign = SeedRunner.Run(Enumerable.Range(1, Fixed).Select(seed => (long)seed));

        Check(campaign);
        campaign.Coverage.Missing().ShouldBeEmpty("what is never reached is never tested");
    }

    // What it finds is new: the seed goes to the list below with its mend.
    [Fact]
    public void FreshSeeds_Run_BreakNothing()
    {
        var seeds = SeedRunner.Fresh().Take(Fresh).ToList();
        output.WriteLine($"Seeds {seeds[0]} to {seeds[^1]}.");
        Check(SeedRunner.Run(seeds));
    }

    public static TheoryData<long, string> Regressions() => new()
    {
        { 14, "A reminder whose write failed was believed to be there." },
        { 5, "After a failed write an attempt that ran was handed to a second worker." },
        { 7, "A worker that could not report its answer gave it up, and the batch waited for its timeout." },
        { 54, "A reminder was put off beside the write that made it needless: a crash between both left a due buffer alone." },
        { 56, "A repeated delivery was acknowledged although the reminder of the first had failed." },
        { 31, "A worker that began late outlived its attempt, and two ran at once." },
        { 66, "A batch that was replayed was taken for one that a worker already had." },
        { 245, "A throttled message waited an hour more when the clock was set back by one during an outage." },
        { 23, "Two grains that called each other while the server stopped were woken and ended in turns without end." },
        { 75, "A conversation that left memory during an attempt took the attempt for one that had died, and two ran at once." },
        { 580, "Nothing but memory remembered that a resting conversation had an event to tell." },
        { 5490, "After a failed write the deadlines read anew were those of a clock that had been set back since." },
        { 5314, "A sender that waited for its settings began when its attempt was given up already: the message could go twice." },
        { 5292, "A write that its grain was told had failed happened later, and nobody told its event." },
        { 1551, "A tick of an earlier registration of its reminder made a conversation believe in a next one that was not to come." },
        { 9332, "A reminder whose end had failed ticked on and was believed in, and the store had it no more." },
        { 8150, "A conversation that tried a failing write each second was taken for idle and left memory." },
        { 8308, "A clock set forward ended the running attempt of a conversation that had come back to memory, and two ran at once." },
        { 8586, "A message was sent when the write of its attempt had taken longer than the attempt may: it could go twice." },
        { 9043, "A clock set forward ended the sending of a conversation that had come back to memory, and the message went twice." },
        { 2551238117357, "A sender of a stopping server kept an attempt waiting until its other work was over, and began when it was given up." },
        { 3000008486, "A reminder was put off while none could be registered: the message that opened the next buffer was acknowledged without one." },
        { 3000000335, "A clock set back by an hour while the server was down: a buffer alone waited for its reminder for as long." },
        { 4000005360, "A repeated status was acknowledged although the first had failed after its state and before its reminder." },
        { 173, "A pause took back the reply of the first batch and left those behind it without a wake-up." },
    };

    private void Check(CampaignResult campaign)
    {
        using var text = new StringWriter();
        campaign.Print(text);
        output.WriteLine(text.ToString());
        campaign.IsClean.ShouldBeTrue(text.ToString());
    }
}
