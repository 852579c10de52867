using System.Buffers;
using System.Text;
using System.Text.Json;
using Waqtor.Conversations;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>States written by every released version are read for ever: a new version adds a file and changes none.</summary>
public sealed class ConversationStateTests
{
    [Fact]
    public void State_WrittenAsVersionOne_IsReadWhole()
    {
        var golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "conversation.v1.json"));

        var state = JsonSerializer.Deserialize<ConversationState>(golden, GrainStateJson.StoreOptions)!;

        state.Buffer!.Messages.Single().Text.ShouldBe("مرحبا");
        state.Batches.Single().Reason.ShouldBe(BatchReason.Count);
        state.DeadLetters.Single().Error.ShouldBe("boom");
        state.Outgoing.Single().Record.Author.ShouldBe(MessageAuthor.Bot);
        state.Doubtful.Single().Record.Doubtful.ShouldBeTrue();
        state.Seen.Contains("m1").ShouldBeTrue();
        state.Pause!.Until.ShouldNotBeNull();
        state.Outbox.ShouldNotBeEmpty();
        state.Offers.ShouldBeEmpty();
    }

    /// <summary>Writes the golden file of the present version, by hand when the shape grows: set WAQTOR_WRITE_GOLDEN to its path.</summary>
    [Fact]
    public void State_OfThePresentVersion_SurvivesTheStore()
    {
        var sut = Example();

        var json = JsonSerializer.Serialize(sut.State, GrainStateJson.StoreOptions);

        var read = JsonSerializer.Deserialize<ConversationState>(json, GrainStateJson.StoreOptions);
        JsonSerializer.Serialize(read, GrainStateJson.StoreOptions).ShouldBe(json);
        if (Environment.GetEnvironmentVariable("WAQTOR_WRITE_GOLDEN") is { } path) File.WriteAllText(path, json + "\n");
    }

    [Fact]
    public void State_WrittenByAWriterWithTheEncoder_IsTheSame()
    {
        var state = Example().State;
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = GrainStateJson.Encoder, SkipValidation = true });

        JsonSerializer.Serialize(writer, state, GrainStateJson.WriterOptions);

        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(JsonSerializer.Serialize(state, GrainStateJson.StoreOptions));
    }

    private static BookFixture Example()
    {
        var sut = new BookFixture();
        for (var i = 0; i < 10; i++) sut.Receive();
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            sut.Reply(null, "boom");
            if (attempt < 4) sut.Now = sut.State.Batches[0].NextAttemptAt!.Value;
            sut.Tick();
        }

        sut.Do(book => book.QueueText("in doubt", MessageAuthor.Person, quotedProviderMessageId: "m1", idempotencyKey: "k1"));
        sut.BeginSend();
        sut.EndSend(SendOutcome.Ambiguous);
        sut.Reply("the answer");
        sut.BeginSend();
        sut.Receive("مرحبا");
        sut.State.Pause = new PauseState(sut.Now, sut.Now.AddHours(1));
        return sut;
    }
}
