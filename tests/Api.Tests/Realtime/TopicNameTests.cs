using Waqtor.Api.Realtime;

namespace Waqtor.Api.Tests.Realtime;

public sealed class TopicNameTests
{
    [Theory]
    [InlineData("messages", "General", "")]
    [InlineData("instance:shop", "Instance", "shop")]
    [InlineData("queue:shop-2", "Queue", "shop-2")]
    [InlineData("conversation:cnv_01890000-0000-8000-8000-000000000000", "Conversation", "cnv_01890000-0000-8000-8000-000000000000")]
    [InlineData("user:key_1", "User", "key_1")]
    [InlineData("job:42", "Job", "42")]
    public void TryParse_Name_IsReadAndWrittenTheSame(string text, string kind, string id)
    {
        TopicName.TryParse(text, out var name).ShouldBeTrue();
        (name.Text, name.Kind.ToString(), name.Id).ShouldBe((text, kind, id));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("Messages")]
    [InlineData("messages ")]
    [InlineData("messages:")]
    [InlineData("instance:")]
    [InlineData("instance:Shop")]
    [InlineData("instance:shop|messages")]
    [InlineData("job:a.b")]
    [InlineData("job:a,b")]
    [InlineData("job:\u0000")]
    [InlineData("conversation:CNV_01890000-0000-8000-8000-000000000000")]
    public void TryParse_AnyOtherSpelling_NamesNothing(string? text) => TopicName.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Cursor_OfPlaces_IsReadAsItWasWritten()
    {
        var places = new[] { new FeedPlace("messages", "0123456789abcdef", 7), new FeedPlace("instance:a-b_c", "fedcba9876543210", long.MaxValue) };
        var cursor = FeedCursor.Join(places);
        cursor.ShouldMatch("^[A-Za-z0-9:|._-]+$");
        FeedCursor.Parse(cursor).Values.ShouldBe(places);
    }
}
