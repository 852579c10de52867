using System.Globalization;

namespace Orleans;

/// <summary>
/// How long an activation of this class stays without calls; the default is
/// <c>GrainCollectionOptions.CollectionAge</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class CollectionAgeLimitAttribute : Attribute
{
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    private double _minutes;

    public CollectionAgeLimitAttribute()
    {
    }

    public CollectionAgeLimitAttribute(string inactivityPeriod)
    {
        var period = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);
        _minutes = period.TotalMinutes;
    }

    public double Days { get; set; }

    public double Hours { get; set; }

    public double Minutes
    {
        get => _minutes;
        set => _minutes = value;
    }

    public bool AlwaysActive { get; set; }

    public TimeSpan AgeLimit
    {
        get
        {
            if (AlwaysActive) return TimeSpan.MaxValue;
            var span = TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return span > MinAgeLimit ? span : MinAgeLimit;
        }
    }
}
