using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Simulation.Outside;
using Waqtor.Simulation.Scenarios;

namespace Waqtor.Simulation.Running;

// The server's lives.
internal sealed partial class World
{
    public void Crashed(ServerProcess process, string where)
    {
        _dying = process;
        IsUp = false;
        LastCrashAt = Time.Now;
        Timeline.Note("CRASH", "process " + process.Number, where);
        Oracle.ProcessEnded();
    }

    private void BuryTheDead()
    {
        var dead = _dying!;
        _dying = null;
        Disk.Crash();
        dead.Bury();
        Start(_random.Chance(0.1) ? _random.Milliseconds(20_000, 180_000) : _random.Milliseconds(100, 8_000));
    }

    private void Start(TimeSpan after) => Time.After(after, () =>
    {
        if (Oracle.Violation is not null) return;
        _process = new ServerProcess(this, ++_processes);
        _ = Scheduler.Begin(StartAsync);
    });

    private async Task StartAsync()
    {
        var process = Process;
        await process.StartAsync();
        if (process.IsDead) return;
        IsUp = true;
        UpSince = Time.Now;
        Timeline.Note("start", "process " + process.Number);
        while (!process.IsDead)
        {
            try
            {
                await process.Client.GetGrain<IOrphanWatchGrain>(0).StartAsync();
                return;
            }
            catch (Exception)
            {
                await Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    private async Task RestartAsync()
    {
        if (!IsUp) return;
        var process = Process;
        IsUp = false;
        Timeline.Note("stop", "process " + process.Number);
        Oracle.ProcessEnded();
        await process.StopAsync();
        if (process.IsDead) return;
        process.Bury();
        Oracle.ProcessEnded();
        Start(_random.Milliseconds(100, 8_000));
    }

    private async Task PrepareAsync()
    {
        var contacts = new List<Contact>();
        string[] instances = [Cloud, Gateway];
        var ids = new List<string>();
        foreach (var name in instances)
        {
            var created = await Client.GetGrain<IInstanceGrain>(name).CreateAsync(
                new InstanceSettings { Provider = name == Cloud ? ProviderKind.Cloud : ProviderKind.Evolution }, new InstanceCredentials());
            ids.Add(created!.Id);
        }

        for (var i = 0; i < Scenario.Conversations; i++)
        {
            var identity = new ContactIdentity { Phone = $"551199999{i:0000}", Name = "Customer " + i };
            var which = i % instances.Length;
            contacts.Add(new Contact(
                "customer " + i, instances[which], ids[which], identity, ConversationKey.For(ids[which], identity).ToString()));
        }

        Contacts = contacts;
        Oracle.Know(contacts);
    }
}
