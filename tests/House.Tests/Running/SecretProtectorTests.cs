using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Waqtor.Silo.Data;
using Waqtor.Silo.Instances;

namespace Waqtor.House.Tests.Running;

public sealed class SecretProtectorTests : IDisposable
{
    private readonly DataFolder _folder = DataFolder.Open(Directory.CreateTempSubdirectory("waqtor-house-").FullName);

    public void Dispose()
    {
        _folder.Dispose();
        Directory.Delete(_folder.Path, recursive: true);
    }

    [Fact]
    public void Unprotect_WhatAnEarlierProcessProtected_GivesItBack()
    {
        var cipher = Make().Protect("hunter2");

        Make().Unprotect(cipher).ShouldBe("hunter2");
        cipher.ShouldNotContain("hunter2");
    }

    [Fact]
    public void Unprotect_WithoutTheKeys_Fails()
    {
        var cipher = Make().Protect("hunter2");
        foreach (var key in Keys()) key.Delete();

        Should.Throw<CryptographicException>(() => Make().Unprotect(cipher));
    }

    [Fact]
    public void Keys_OnDisk_AreForTheirOwnerOnly()
    {
        if (OperatingSystem.IsWindows()) return;
        Make().Protect("hunter2");

        Keys().ShouldNotBeEmpty();
        Keys().ShouldAllBe(key => key.UnixFileMode == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private SecretProtector Make() => new(DataProtectionProvider.Create(_folder.MakePrivateFolder("keys"), builder => builder.SetApplicationName("waqtor")));

    private FileInfo[] Keys() => _folder.MakePrivateFolder("keys").GetFiles("*.xml");
}
