namespace EmbeddedOrleans.Activations;

internal enum ActivationState : byte
{
    Created,
    Activating,
    Active,
    Deactivating,
    Ended,
}
