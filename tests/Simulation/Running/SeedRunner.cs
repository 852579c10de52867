using System.Diagnostics;
using System.Security.Cryptography;
using Waqtor.Simulation.Bugs;

namespace Waqtor.Simulation.Running;

/// <summary>Runs many seeds, each on one thread, as many beside each other as there are processors.</summary>
internal static class SeedRunner
{
    /// <summary>Seeds that nobody has run before, as likely as not.</summary>
    public static IEnumerable<long> Fresh()
    {
        var next = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)) * 1_000L;
        while (true) yield return ++next;
    }

    /// <param name="seeds">What to run.</param>
    /// <param name="bug">A planted bug; made anew for each seed.</param>
    /// <param name="failuresMax">How many failures end it.</param>
    /// <param name="threads">How many seeds run at a time.</param>
    public static CampaignResult Run(IEnumerable<long> seeds, Func<PlantedBug>? bug = null, int failuresMax = 1, int? threads = null)
    {
        var campaign = new CampaignResult();
        var watch = Stopwatch.StartNew();
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var gate = new Lock();
        using var numbers = seeds.GetEnumerator();
        var workers = Enumerable.Range(0, threads ?? Environment.ProcessorCount).Select(_ => new Thread(Work)).ToList();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        campaign.Elapsed = watch.Elapsed;
        campaign.Worked = Environment.CpuUsage.TotalTime - cpuBefore;
        return campaign;

        void Work()
        {
            while (true)
            {
                long seed;
                lock (gate)
                {
                    if (campaign.Failures.Count >= failuresMax || !numbers.MoveNext()) return;
                    seed = numbers.Current;
                }

                RunResult result;
                try
                {
                    result = Simulator.Run(seed, bug?.Invoke());
                }
                catch (Exception exception)
                {
                    lock (gate) campaign.Crashes.Add($"Seed {seed}: {exception}");
                    return;
                }

                lock (gate) campaign.Add(result);
            }
        }
    }
}
