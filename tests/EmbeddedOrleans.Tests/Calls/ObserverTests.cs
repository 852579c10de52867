namespace EmbeddedOrleans.Tests.Calls;

public sealed class ObserverTests : ClusterTest
{
    internal interface IListener : IGrainObserver
    {
        Task HearAsync(string text);

        void Whisper(string text);
    }

    internal interface ISpeakerGrain : IGrainWithStringKey
    {
        Task SayAsync(IListener listener, string text);

        Task WhisperAsync(IListener listener, string text);
    }

    [Fact]
    public async Task Observer_CalledByAGrain_HearsIt()
    {
        var listener = new Listener(Gates);
        var reference = Cluster.Grains.CreateObjectReference<IListener>(listener);

        await Grain<ISpeakerGrain>().SayAsync(reference, "hello");
        await Grain<ISpeakerGrain>().WhisperAsync(reference, "psst");

        await Gates.ReachedAsync("heard hello");
        await Gates.ReachedAsync("heard psst");
        // Orleans holds observers weakly.
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Observer_Deleted_CannotBeCalled()
    {
        var listener = new Listener(Gates);
        var reference = Cluster.Grains.CreateObjectReference<IListener>(listener);
        Cluster.Grains.DeleteObjectReference<IListener>(reference);

        await Should.ThrowAsync<Exception>(() => Grain<ISpeakerGrain>().SayAsync(reference, "hello"));
    }

    private sealed class Listener(Gates gates) : IListener
    {
        public Task HearAsync(string text)
        {
            gates.Note($"heard {text}");
            return Task.CompletedTask;
        }

        public void Whisper(string text) => gates.Note($"heard {text}");
    }

    internal sealed class SpeakerGrain : Grain, ISpeakerGrain
    {
        public Task SayAsync(IListener listener, string text) => listener.HearAsync(text);

        public Task WhisperAsync(IListener listener, string text)
        {
            listener.Whisper(text);
            return Task.CompletedTask;
        }
    }
}
