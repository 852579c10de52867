using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Waqtor.Access;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Devices;
using Waqtor.Events;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sandbox;
using Waqtor.Sending;
using Waqtor.SmartBot;

namespace Waqtor.Grains.Tests;

/// <summary>
/// States written by every released version are read for ever: a new version adds files and changes none. To write
/// those of a new version, set WAQTOR_WRITE_GOLDEN_FOLDER to this project's folder Golden.
/// </summary>
public sealed class GoldenStateTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly MessageRecord Message = new()
    {
        Id = "msg_1",
        ProviderMessageId = "wamid.1",
        Instance = "shop",
        ConversationId = "cnv_1",
        Direction = MessageDirection.Outbound,
        Kind = MessageKind.Text,
        Text = "مرحبا",
        Status = MessageStatus.Failed,
        Timestamp = At,
        ReceivedAt = At,
        Sequence = 3,
        Author = MessageAuthor.Bot,
        History = [new StatusChange { Status = MessageStatus.Failed, At = At, ProviderStatus = "failed" }],
        Errors = [new MessageError("131026", "Message undeliverable", "The number is not on WhatsApp.")],
    };

    private static readonly SessionRecord Session = new()
    {
        Status = SessionStatus.AuthFailure, ChangedAt = At, Reason = "401", QrCode = "2@abc", Phone = "5511999990001",
    };

    private static readonly BotRule Rule = new()
    {
        Id = "rul_1", Instance = "shop", Name = "hours", Phrases = ["when", "متى"], NegativePhrases = ["never"], Language = "en", Reply = "9 to 17",
        Replies = ImmutableDictionary<string, string>.Empty.Add("ar", "من 9"),
        Interactive = new InteractiveReply("Which?", new Offer { List = new OfferList("Open", [new OfferSection("A", [new OfferRow("1", "One", "d")])]) }),
        Priority = 1, Schedule = new RuleSchedule { TimeZone = "Asia/Riyadh", Days = ["monday"], From = "08:00", To = "20:00", StartsAt = At }, CreatedAt = At, UpdatedAt = At,
    };

    private static readonly Dictionary<string, object> States = new()
    {
        ["instance"] = new InstanceState
        {
            InstanceId = "ins_1",
            Settings = new InstanceSettings
            {
                Provider = ProviderKind.Evolution,
                BaseUrl = "http://127.0.0.1:9001",
                PhoneNumberId = "1",
                FallbackText = "{{messageCount}}|{{text}}",
                ProviderInstance = "Shop One",
            },
            ProtectedCredentials = "cipher",
            CredentialsSet = ["apiKey"],
            Session = Session,
            CreatedAt = At,
            UpdatedAt = At.AddSeconds(1),
            Revision = 4,
            DirectoryPending = true,
            Notices = ["0123"],
            Outbox = [Event(EventNames.SessionStatus) with { Session = Session }],
        },
        ["instance-directory"] = new InstanceDirectoryState
        {
            Entries = { ["shop"] = new InstanceEntry("ins_1", "shop", ProviderKind.Cloud, "1", null, 4) },
        },
        ["api-key"] = new ApiKeyState
        {
            Key = new ApiKeyRecord
            {
                Id = "key_1", Name = "till", Prefix = "wq_0123", Role = Role.Operator, Instances = ["shop"], CreatedAt = At,
                ExpiresAt = At.AddDays(1), LastUsedAt = At, Revoked = true,
            },
        },
        ["api-key-directory"] = new ApiKeyDirectoryState
        {
            AdminWasMade = true,
            Entries =
            [
                new ApiKeyDirectoryEntry
                {
                    Id = "key_1",
                    Hash = "0123",
                    Revoked = true,
                    Pending = new ApiKeyDefinition { Name = "till", Role = Role.Admin, Hash = "0123", Prefix = "wq_0123" },
                },
            ],
        },
        ["idempotency"] = new IdempotencyRecord
        {
            RequestHash = "0123", BegunAt = At, Completed = true, StatusCode = 202, ContentType = "application/json", Body = "{}",
        },
        ["message-status"] = new MessageStatusState
        {
            Message = Message,
            Early = [new StatusChange { Status = MessageStatus.Read, At = At }],
            SettleMessageId = "msg_1",
            SettleConversationId = "cnv_1",
            Outbox = [Event(EventNames.MessageFailed) with { ConversationId = "cnv_1", Message = Message }],
        },
        ["status-expiry"] = new StatusExpiryState { Open = ["ins_1/wamid.1"], OpenedAt = At, First = 2, Next = 5 },
        ["status-expiry-page"] = new StatusExpiryPageState { Page = new StatusExpiryPage(At, ["ins_1/wamid.1", "ins_1/wamid.2"]) },
        ["parked-delivery"] = new ParkedDeliveryState
        {
            Outbox =
            [
                Event(EventNames.DeliveryParked) with
                {
                    Delivery = new DeliveryRecord
                    {
                        Id = "dlv_1",
                        Instance = "shop",
                        Provider = "cloud",
                        ReceivedAt = At,
                        Bytes = 4,
                        Outcome = DeliveryOutcome.Parked,
                        Reason = "unreadable",
                        SignatureChecked = true,
                        DurationMilliseconds = 1.5,
                        Elements = [new DeliveryElementRecord("entry[0]", "unknown", "parked", "unreadable")],
                        Raw = "{\"a\"",
                    },
                },
            ],
        },
        ["device-session"] = new DeviceSessionState
        {
            InstanceId = "ins_1",
            Instance = "shop",
            DeviceId = "kiosk",
            Name = "Kiosk",
            ConversationId = "cnv_1",
            CreatedAt = At,
            ClosedAt = At.AddHours(1),
            Opening = 1,
            LastSequence = 7,
            Seen = new SeenMessageIds { Days = [new SeenDay { Day = 739_000, Hashes = [1, 2, 3, 4, 5, 6, 7, 8] }] },
            Events =
            [
                new DeviceEvent
                {
                    Number = 3, Event = DeviceEventNames.TextResponse, Timestamp = At, MessageIds = ["m-1"], Response = "مرحبا", Confidence = 0.5,
                    Emotions = ["joy"], ResponseId = "msg_1", Author = MessageAuthor.Bot,
                },
            ],
            LastEvent = 3,
            AcknowledgedEvent = 2,
            Delivered = new SeenMessageIds { Days = [new SeenDay { Day = 739_000, Hashes = [8, 7, 6, 5, 4, 3, 2, 1] }] },
            Noted = ["batch.completed/bat_1"],
            Outbox = [Event(DeviceEventNames.TextResponse) with { ConversationId = "cnv_1", NoticeJson = "{}" }],
        },
        ["smartbot"] = new SmartBotState
        {
            Instance = "shop", Rules = [Rule], Revision = 4, Stamp = 9, LiveVersion = 2, TrainedRevision = 3, Compares = true,
            Refused = new RefusedSwap(At, 0.9, 0.8, "worse"), RestoredFrom = 1, Warnings = ["few phrases"],
            Outbox = [Event(EventNames.SmartBotRuleUpdated) with { Rule = new BotRuleNotice("created", "rul_1", "hours", 2) }],
        },
        ["smartbot-versions"] = new SmartBotVersionsState
        {
            Kept = [new KeptVersion(new BotModelVersion { Version = 2, At = At, Rules = 1, Phrases = 2, Accuracy = 0.9, PreviousAccuracy = 0.8, RestoredFrom = 1, TrainingMilliseconds = 5 }, [Rule])],
        },
        ["smartbot-learning"] = new SmartBotLearningState
        {
            Texts = [new LearntText { Id = "sug_1", Text = "متى؟", Normal = "متي", Language = "ar", Count = 2, RuleId = "rul_1", Confidence = 0.5, FirstAt = At, LastAt = At }],
            Decided = [new BotSuggestion { Id = "sug_2", Instance = "shop", Language = "en", Status = SuggestionStatus.Accepted, Phrases = ["when"], Count = 3, RuleId = "rul_1", DecidedAt = At }],
            Rejected = ["joke"],
        },
        ["browser-session"] = new BrowserSessionState { Session = new BrowserSession("0123", At) },
        ["daily-contacts"] = new DailyContactsState { Slices = [new ContactSlice(106_556_616, 3), new ContactSlice(106_556_700, 1)] },
        ["ai-budget"] = new AiBudgetState { Day = new DateOnly(2026, 11, 20), Taken = 3 },
        ["vector-shard"] = new VectorShardState { Order = ["ab"], Vectors = { ["ab"] = [0, 0, 128, 63] } },
        ["sandbox"] = new SandboxState
        {
            Phones = { ["5511"] = new SandboxPhone("5511", "Ana", At) },
            Faults = new SandboxFaults { LatencyMilliseconds = 5, ErrorRate = 0.5, Disorder = true },
        },
        ["sandbox-phone"] = new SandboxPhoneState
        {
            Screen = [new SandboxMessage("sbx_1", true, "hi", At, MessageStatus.Sent)],
            Receipts =
            [
                new SandboxPendingReceipt
                {
                    InstanceId = "ins_1", ProviderMessageId = "sbx_2", MessageId = "msg_1", ConversationId = "cnv_1",
                    Status = MessageStatus.Delivered, DueAt = At,
                },
            ],
        },
    };

    public static TheoryData<string> Names => [.. States.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void State_WrittenAsVersionOne_IsReadWhole(string name)
    {
        var expected = States[name];
        var present = JsonSerializer.Serialize(expected, expected.GetType(), GrainStateJson.StoreOptions);
        if (Environment.GetEnvironmentVariable("WAQTOR_WRITE_GOLDEN_FOLDER") is { } folder)
        {
            File.WriteAllText(Path.Combine(folder, $"{name}.v1.json"), present + "\n");
        }

        var golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", $"{name}.v1.json"));

        var read = JsonSerializer.Deserialize(golden, expected.GetType(), GrainStateJson.StoreOptions);

        JsonSerializer.Serialize(read, expected.GetType(), GrainStateJson.StoreOptions).ShouldBe(present);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void State_WrittenByAWriterWithTheEncoder_IsTheSame(string name)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = GrainStateJson.Encoder, SkipValidation = true });

        JsonSerializer.Serialize(writer, States[name], States[name].GetType(), GrainStateJson.WriterOptions);

        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(JsonSerializer.Serialize(States[name], States[name].GetType(), GrainStateJson.StoreOptions));
    }

    private static DomainEvent Event(string name) => new() { Id = "evt_1", Name = name, At = At, Instance = "shop" };
}
