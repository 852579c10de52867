namespace Waqtor.SmartBot.Tests;

public sealed class ReplyExtractorTests
{
    [Theory]
    [InlineData("We open at nine.", "We open at nine.")]
    [InlineData("  نفتح الساعة التاسعة \n", "نفتح الساعة التاسعة")]
    [InlineData("""{"response": "We open at nine."}""", "We open at nine.")]
    [InlineData("""{"Response":"Line one\nLine \"two\""}""", "Line one\nLine \"two\"")]
    [InlineData("```json\n{\"response\": \"Hi\"}\n```", "Hi")]
    [InlineData("Sure! Here it is:\n```json\n{\"response\": \"Hi\", \"needsDataCollection\": false}\n```\nAnything else?", "Hi")]
    [InlineData("""Hi {"response": "Hi"}""", "Hi")]
    [InlineData("""{"response": "Hi"}{"response": "Hi"}""", "Hi")]
    [InlineData("""[{"response": "Hi"}]""", "Hi")]
    [InlineData("""{"data": {"response": "Hi"}}""", "Hi")]
    [InlineData("""{"response": {"text": "Hi"}}""", "Hi")]
    [InlineData("""{"response": "{\"response\": \"Hi\"}"}""", "Hi")]
    [InlineData("""{\"response\": \"Hi there\"}""", "Hi there")]
    [InlineData("\"{\\\"response\\\": \\\"Hi there\\\"}\"", "Hi there")]
    [InlineData("""{"response": "Hello, I was cut of""", "Hello, I was cut of")]
    [InlineData("{\"response\": \"two\nlines\"}", "two\nlines")]
    [InlineData("""{'response': 'Hi', 'needsDataCollection': False}""", "Hi")]
    [InlineData("""{response: "Hi",}""", "Hi")]
    [InlineData("""{"response": "He said "yes" to me", "needsDataCollection": true}""", "He said \"yes\" to me")]
    [InlineData("""{“response”: “أهلا بك”}""", "أهلا بك")]
    [InlineData("""{"response":"\u0645\u0631\u062d\u0628\u0627"}""", "مرحبا")]
    [InlineData("<think>The user wants {\"response\": \"x\"}</think>{\"response\": \"Hi\"}", "Hi")]
    [InlineData("Use the code {SALE} at checkout", "Use the code {SALE} at checkout")]
    [InlineData("Mix a {small} and a { large } one", "Mix a {small} and a { large } one")]
    [InlineData("""{"unknown": 1}""", "")]
    [InlineData("{}", "")]
    [InlineData("", "")]
    [InlineData("""{"response": ""}""", "")]
    [InlineData("""{"response": null}""", "")]
    public void Extract_GivesTheReplyOnce(string answer, string expected) => ReplyExtractor.Extract(answer).Text.ShouldBe(expected);

    [Theory]
    [InlineData("""{"response": "Your name?", "needsDataCollection": true, "requestedFields": ["name", "phone", "name"]}""")]
    [InlineData("Your name?\n{\"needsDataCollection\": true, \"requestedFields\": [\"name\", \"phone\"]}")]
    [InlineData("""{"reply": "Your name?", "needs_data_collection": "true", "requested_fields": [{"name": "name"}, {"name": "phone"}]}""")]
    [InlineData("""{"result": {"response": "Your name?", "needsDataCollection": true, "requestedFields": ["name", "phone"]}}""")]
    public void Extract_KeepsWhatIsAskedFor(string answer)
    {
        var reply = ReplyExtractor.Extract(answer);
        reply.Text.ShouldBe("Your name?");
        reply.NeedsDataCollection.ShouldBeTrue();
        reply.RequestedFields.ShouldBe(["name", "phone"]);
        reply.IsStructured.ShouldBeTrue();
    }

    [Fact]
    public void Extract_OfPlainText_IsNotStructured() => ReplyExtractor.Extract("Hello").ShouldSatisfyAllConditions(
        reply => reply.IsStructured.ShouldBeFalse(), reply => reply.NeedsDataCollection.ShouldBeFalse(), reply => reply.RequestedFields.ShouldBeEmpty());

    [Fact]
    public void Extract_OfDeepNesting_Ends()
    {
        var answer = string.Concat(Enumerable.Repeat("{\"response\":", 5000)) + "\"x\"";
        ReplyExtractor.Extract(answer).Text.ShouldNotContain("response\":\"");
    }
}
