using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Waqtor.Conversations;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.Sandbox;

/// <inheritdoc cref="ISandboxGrain" />
/// <remarks>
/// Sends interleave, because each takes as long as the faults say. They change nothing here themselves: a new phone is
/// made by a call of its own, so that writes stay one at a time.
/// </remarks>
[GrainType("sandbox")]
public sealed class SandboxGrain(
    [PersistentState("sandbox", GrainStorageNames.Waqtor)] IPersistentState<SandboxState> state,
    IIdSource ids,
    Random random,
    TimeProvider clock,
    IOptions<SandboxOptions> options) : Grain, ISandboxGrain
{
    /// <summary>Prefix of the ids the simulated WhatsApp gives to messages.</summary>
    public const string IdPrefixSandbox = "sbx";

    private const int PhoneCharactersMax = 128;
    private const int ClearedTogetherMax = 100;
    private const int TextCharactersMax = 4096;

    public async Task<SandboxPhone> PutPhoneAsync(string phone, string name)
    {
        if (phone.Length is 0 or > PhoneCharactersMax) throw new ArgumentException("A phone has 1 to 128 characters.", nameof(phone));
        var phones = state.State.Phones;
        if (phones.TryGetValue(phone, out var known) && known.Name == name) return known;
        if (known is null && phones.Count >= options.Value.PhonesMax)
        {
            throw new LimitExceededException("The sandbox has too many phones; the limit is Waqtor:Sandbox:PhonesMax.");
        }

        var next = known is null ? new SandboxPhone(phone, name, clock.GetUtcNow()) : known with { Name = name };
        phones[phone] = next;
        await state.WriteOrForgetAsync(this);
        return next;
    }

    public Task<ImmutableArray<SandboxPhone>> ListPhonesAsync() => Task.FromResult<ImmutableArray<SandboxPhone>>(
        [.. state.State.Phones.Values.OrderBy(phone => phone.CreatedAt).ThenBy(phone => phone.Phone, StringComparer.Ordinal)]);

    public async Task<bool> RemovePhoneAsync(string phone)
    {
        if (!state.State.Phones.ContainsKey(phone)) return false;
        await Phone(phone).ClearAsync();
        state.State.Phones.Remove(phone);
        await state.WriteOrForgetAsync(this);
        return true;
    }

    public async Task<ImmutableArray<InboundMessage>> TypeAsync(string phone, string text)
    {
        if (text.Length is 0 or > TextCharactersMax) throw new ArgumentException("A text has 1 to 4096 characters.", nameof(text));
        if (!state.State.Phones.TryGetValue(phone, out var known)) return [];
        var message = await Phone(phone).TypeAsync(known.Name, text);
        return SandboxBehaviour.Happens(state.State.Faults.DuplicateRate, random) ? [message, message] : [message];
    }

    public async Task<ImmutableArray<InboundMessage>?> ChooseAsync(string phone, string optionId, string? providerMessageId)
    {
        if (!state.State.Phones.TryGetValue(phone, out var known)) return [];
        if (await Phone(phone).ChooseAsync(known.Name, optionId, providerMessageId) is not { } message) return null;
        return SandboxBehaviour.Happens(state.State.Faults.DuplicateRate, random) ? [message, message] : [message];
    }

    public async Task<ImmutableArray<SandboxMessage>?> ReadScreenAsync(string phone) =>
        state.State.Phones.ContainsKey(phone) ? await Phone(phone).ReadAsync() : null;

    public async Task<SendResult> SendAsync(SendRequest request)
    {
        var faults = state.State.Faults;
        if (faults.LatencyMilliseconds > 0) await Task.Delay(TimeSpan.FromMilliseconds(faults.LatencyMilliseconds), clock);

        var contact = request.Contact;
        if ((contact.Phone ?? contact.Lid ?? contact.UserId ?? contact.GroupId) is not { } phone)
        {
            return Refuse(request, "sandbox_no_address", "The contact has no address.");
        }

        if (!state.State.Phones.ContainsKey(phone))
        {
            if (state.State.Phones.Count >= options.Value.PhonesMax) return Refuse(request, "sandbox_full", "The sandbox has too many phones.");
            await this.AsReference<ISandboxGrain>().PutPhoneAsync(phone, contact.Name ?? phone);
        }

        var outcome = SandboxBehaviour.Decide(faults, random);
        var providerMessageId = ids.New(IdPrefixSandbox);
        if (outcome is SendOutcome.Sent or SendOutcome.Ambiguous)
        {
            await Phone(phone).ShowAsync(new SandboxDelivery
            {
                Request = request,
                ProviderMessageId = providerMessageId,
                Receipts = SandboxBehaviour.Receipts(faults, clock.GetUtcNow()),
            });
        }

        return SandboxBehaviour.Answer(request, outcome, providerMessageId);
    }

    public Task<SandboxFaults> GetFaultsAsync() => Task.FromResult(state.State.Faults);

    public async Task SetFaultsAsync(SandboxFaults faults)
    {
        state.State.Faults = SandboxBehaviour.Clamp(faults);
        await state.WriteOrForgetAsync(this);
    }

    public async Task ClearAsync()
    {
        if (!state.RecordExists) return;
        // The phones first: while one of them is not cleared, the list still has it.
        foreach (var phones in state.State.Phones.Keys.Chunk(ClearedTogetherMax)) await Task.WhenAll(phones.Select(phone => Phone(phone).ClearAsync()));
        await state.ClearOrForgetAsync(this);
    }

    private ISandboxPhoneGrain Phone(string phone) =>
        GrainFactory.GetGrain<ISandboxPhoneGrain>(new SandboxPhoneKey(this.GetPrimaryKeyString(), phone).ToString());

    private static SendResult Refuse(SendRequest request, string code, string title) => new()
    {
        MessageId = request.MessageId,
        Attempt = request.Attempt,
        Outcome = SendOutcome.Final,
        Error = new MessageError(code, title),
    };
}
