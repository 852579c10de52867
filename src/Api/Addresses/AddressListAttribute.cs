using System.ComponentModel.DataAnnotations;

namespace Waqtor.Api.Addresses;

/// <summary>Accepts IP addresses and networks divided by semicolons.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddressListAttribute : ValidationAttribute
{
    public AddressListAttribute()
        : base("The field {0} must be addresses or networks, divided by semicolons.")
    {
    }

    public override bool IsValid(object? value) => value is not string text || AddressList.TryParse(text, out _);
}
