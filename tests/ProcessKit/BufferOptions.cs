namespace Waqtor.ProcessKit;

/// <summary>An instance's buffer rule; the defaults are the product's.</summary>
public sealed record BufferOptions(bool Enabled = true, int Seconds = 8, int Messages = 5)
{
    public TimeSpan Window() => TimeSpan.FromSeconds(Seconds);
}
