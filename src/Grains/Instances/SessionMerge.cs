namespace Waqtor.Instances;

/// <summary>A session after an update, and what of it is news.</summary>
public readonly record struct SessionMerge(SessionRecord Session, bool StatusChanged, bool QrChanged)
{
    /// <summary>True when there is anything to store.</summary>
    public bool Changed => StatusChanged || QrChanged;

    /// <summary>
    /// A change of status ends the pairing that was asked for before it, so its codes go, unless the update brings new
    /// ones. Whatever else an update does not name stays.
    /// </summary>
    public static SessionMerge Of(SessionRecord current, SessionUpdate update, DateTimeOffset now)
    {
        var status = update.Status ?? current.Status;
        var moved = status != current.Status;
        var next = current with
        {
            Status = status,
            ChangedAt = moved ? now : current.ChangedAt,
            Reason = moved ? update.Reason : update.Reason ?? current.Reason,
            QrCode = update.QrCode ?? (moved ? null : current.QrCode),
            PairingCode = update.PairingCode ?? (moved ? null : current.PairingCode),
            Phone = update.Phone ?? current.Phone,
            ProfileName = update.ProfileName ?? current.ProfileName,
        };

        var asked = (update.QrCode is not null && update.QrCode != current.QrCode)
            || (update.PairingCode is not null && update.PairingCode != current.PairingCode);
        var told = next with { QrCode = current.QrCode, PairingCode = current.PairingCode };
        return new SessionMerge(next, told != current, asked);
    }
}
