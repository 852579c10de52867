using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Waqtor.Instances;

namespace Waqtor.WhatsApp.Tests;

public sealed class WebhookVerifierTests
{
    private const string WahaBody = """{"event":"message","session":"default","engine":"WEBJS"}""";

    private const string WahaHmac = "208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8"
        + "097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89";

    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("cloud/pywa_msg_text", "8db7af7349a494f061b730da820f4b953264cbc13d226aabd44fba55b29387be")]
    [InlineData("cloud/composed_arabic_emoji_zwj_rtl", "90270957c17a80f89307b012cc45d554f893dfc126ad7e1906ef5d986d7c79a7")]
    [InlineData("cloud/composed_batch_5_messages_one_user", "2dcd8a86a584cdb34cf902ba4f425fc114827d56943128191b08c6e648566f9c")]
    public void CloudSignature_OfPublishedVector_IsValid(string name, string hex)
    {
        var credentials = new InstanceCredentials { AppSecret = "waqtor-test-secret" };
        Cloud(credentials, "sha256=" + hex, Samples.Read(name)).ShouldBe(SignatureVerdict.Valid);
        Cloud(credentials, "sha256=" + hex.ToUpperInvariant(), Samples.Read(name)).ShouldBe(SignatureVerdict.Valid);
        Cloud(credentials with { AppSecret = "other" }, "sha256=" + hex, Samples.Read(name)).ShouldBe(SignatureVerdict.Invalid);
        Cloud(credentials, "sha256=" + hex, [.. Samples.Read(name), (byte)' ']).ShouldBe(SignatureVerdict.Invalid);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=zz")]
    [InlineData("8db7af7349a494f061b730da820f4b953264cbc13d226aabd44fba55b29387be")]
    [InlineData("sha1=8db7af7349a494f061b730da820f4b953264cbc13d226aabd44fba55b29387be")]
    [InlineData("sha256=8db7af7349a494f061b730da820f4b953264cbc13d226aabd44fba55b29387b")]
    [InlineData("sha256=8db7af7349a494f061b730da820f4b953264cbc13d226aabd44fba55b29387be,sha256=00")]
    public void CloudSignature_ThatIsNone_IsInvalid(string? header) =>
        Cloud(new InstanceCredentials { AppSecret = "waqtor-test-secret" }, header, Samples.Read("cloud/pywa_msg_text")).ShouldBe(SignatureVerdict.Invalid);

    [Fact]
    public void EveryVerifier_WithoutSecret_IsNotConfigured()
    {
        IWebhookVerifier[] verifiers =
        [
            new CloudWebhookVerifier(), new EvolutionWebhookVerifier(), new WahaWebhookVerifier(),
            new WaqtorWebhookVerifier(ProviderKind.Generic), new WaqtorWebhookVerifier(ProviderKind.Sandbox),
        ];
        foreach (var verifier in verifiers)
        {
            verifier.Verify(new InstanceCredentials(), new HeaderDictionary(), "{}"u8, Now).ShouldBe(SignatureVerdict.NotConfigured);
            verifier.Verify(new InstanceCredentials { AppSecret = "", WebhookSecret = "" }, new HeaderDictionary(), "{}"u8, Now)
                .ShouldBe(SignatureVerdict.NotConfigured);
        }
    }

    [Theory]
    [InlineData("sha512", SignatureVerdict.Valid)]
    [InlineData("SHA512", SignatureVerdict.Valid)]
    [InlineData(null, SignatureVerdict.Valid)]
    [InlineData("sha256", SignatureVerdict.Invalid)]
    [InlineData("md5", SignatureVerdict.Invalid)]
    public void WahaHmac_OfPublishedVector_IsJudgedByItsAlgorithm(string? algorithm, SignatureVerdict verdict)
    {
        var headers = new HeaderDictionary { ["X-Webhook-Hmac"] = WahaHmac };
        if (algorithm is not null) headers["X-Webhook-Hmac-Algorithm"] = algorithm;
        Waha("my-secret-key", headers).ShouldBe(verdict);
        Waha("other", headers).ShouldBe(SignatureVerdict.Invalid);
    }

    [Fact]
    public void WahaHmac_OfSha256_IsValid()
    {
        var hex = Convert.ToHexString(HMACSHA256.HashData("my-secret-key"u8, Encoding.UTF8.GetBytes(WahaBody)));
        Waha("my-secret-key", new HeaderDictionary { ["X-Webhook-Hmac"] = hex, ["X-Webhook-Hmac-Algorithm"] = "sha256" }).ShouldBe(SignatureVerdict.Valid);
        Waha("my-secret-key", new HeaderDictionary { ["X-Hub-Signature-256"] = "sha256=" + hex }).ShouldBe(SignatureVerdict.Valid);
        Waha("my-secret-key", new HeaderDictionary { ["X-Hub-Signature-256"] = hex }).ShouldBe(SignatureVerdict.Invalid);
        Waha("my-secret-key", []).ShouldBe(SignatureVerdict.Invalid);
    }

    [Theory]
    [InlineData("X-Webhook-Secret", "s3cret", SignatureVerdict.Valid)]
    [InlineData("apikey", "s3cret", SignatureVerdict.Valid)]
    [InlineData("Authorization", "Bearer s3cret", SignatureVerdict.Valid)]
    [InlineData("Authorization", "bearer s3cret", SignatureVerdict.Valid)]
    [InlineData("Authorization", "s3cret", SignatureVerdict.Invalid)]
    [InlineData("Authorization", "Basic s3cret", SignatureVerdict.Invalid)]
    [InlineData("X-Webhook-Secret", "s3cre", SignatureVerdict.Invalid)]
    [InlineData("X-Webhook-Secret", "", SignatureVerdict.Invalid)]
    [InlineData("X-Other", "s3cret", SignatureVerdict.Invalid)]
    public void EvolutionHeader_Checked_MustEqualTheSecret(string name, string value, SignatureVerdict verdict) =>
        Evolution(new HeaderDictionary { [name] = value }).ShouldBe(verdict);

    // Now is 1780315200.
    [Theory]
    [InlineData("""{"alg":"HS256","typ":"JWT"}""", """{"app":"evolution","exp":1780315200}""", SignatureVerdict.Valid)]
    [InlineData("""{"alg":"HS256"}""", """{"exp":1780315141}""", SignatureVerdict.Valid)]
    [InlineData("""{"alg":"HS256"}""", """{"exp":1780315140}""", SignatureVerdict.Invalid)]
    [InlineData("""{"alg":"HS256"}""", """{"exp":"soon"}""", SignatureVerdict.Invalid)]
    [InlineData("""{"alg":"HS256"}""", """{"nbf":1780315260}""", SignatureVerdict.Valid)]
    [InlineData("""{"alg":"HS256"}""", """{"nbf":1780315261}""", SignatureVerdict.Invalid)]
    [InlineData("""{"alg":"none"}""", """{"exp":1780315800}""", SignatureVerdict.Invalid)]
    [InlineData("""{"alg":"HS512"}""", """{"exp":1780315800}""", SignatureVerdict.Invalid)]
    [InlineData("""{"alg":"hs256"}""", """{"exp":1780315800}""", SignatureVerdict.Invalid)]
    [InlineData("[]", """{"exp":1780315800}""", SignatureVerdict.Invalid)]
    [InlineData("""{"alg":"HS256"}""", "nonsense", SignatureVerdict.Invalid)]
    public void EvolutionToken_Signed_IsJudgedByAlgorithmAndTime(string header, string payload, SignatureVerdict verdict)
    {
        Evolution(Bearer(Token(header, payload, "s3cret"))).ShouldBe(verdict);
        Evolution(Bearer(Token(header, payload, "other"))).ShouldBe(SignatureVerdict.Invalid);
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("..")]
    [InlineData("a.b.c.d")]
    [InlineData("!!.!!.!!")]
    public void EvolutionToken_ThatIsNone_IsInvalid(string token) => Evolution(Bearer(token)).ShouldBe(SignatureVerdict.Invalid);

    [Fact]
    public void EvolutionToken_WithoutSignature_IsInvalid()
    {
        var token = Token("""{"alg":"none"}""", """{"exp":1780315800}""", "s3cret");
        Evolution(Bearer(token[..(token.LastIndexOf('.') + 1)])).ShouldBe(SignatureVerdict.Invalid);
    }

    [Fact]
    public void WaqtorSignature_OfOwnSigning_IsValid()
    {
        var headers = new HeaderDictionary { ["X-Waqtor-Signature"] = WaqtorWebhookVerifier.Sign("s3cret", "{}"u8) };
        var verifier = new WaqtorWebhookVerifier(ProviderKind.Generic);
        verifier.Verify(new InstanceCredentials { WebhookSecret = "s3cret" }, headers, "{}"u8, Now).ShouldBe(SignatureVerdict.Valid);
        verifier.Verify(new InstanceCredentials { WebhookSecret = "s3cret" }, headers, "[]"u8, Now).ShouldBe(SignatureVerdict.Invalid);
        verifier.Verify(new InstanceCredentials { WebhookSecret = "s3cret" }, new HeaderDictionary(), "{}"u8, Now).ShouldBe(SignatureVerdict.Invalid);
    }

    private static SignatureVerdict Cloud(InstanceCredentials credentials, string? header, byte[] body)
    {
        var headers = new HeaderDictionary();
        if (header is not null) headers["X-Hub-Signature-256"] = header;
        return new CloudWebhookVerifier().Verify(credentials, headers, body, Now);
    }

    private static SignatureVerdict Waha(string secret, HeaderDictionary headers) =>
        new WahaWebhookVerifier().Verify(new InstanceCredentials { WebhookSecret = secret }, headers, Encoding.UTF8.GetBytes(WahaBody), Now);

    private static SignatureVerdict Evolution(HeaderDictionary headers) =>
        new EvolutionWebhookVerifier().Verify(new InstanceCredentials { WebhookSecret = "s3cret" }, headers, "{}"u8, Now);

    private static HeaderDictionary Bearer(string token) => new() { ["Authorization"] = "Bearer " + token };

    private static string Token(string header, string payload, string secret)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed)))}";
    }
}
