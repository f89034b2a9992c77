using Ecoscanner.Scanners.ForgeAuthorization;
using Ecoscanner.Tests.Scanners.ForgeCases;

namespace Ecoscanner.Tests.Scanners.ForgeAuthorization;

/// <summary>Measures the scanner on annotated apps: those that it was made with, and those that were written by people who had not seen it.</summary>
public sealed class ForgeAuthorizationCasesTests
{
    [Fact]
    public Task It_finds_what_is_open_and_leaves_alone_what_is_not() =>
        ForgeCaseTests.AssertMeasuredAsync(
            ["Authorization", "AuthorizationHoldout", "AuthorizationFresh", "AuthorizationEveryday"],
            [new ForgeAuthorizationScanner()]
        );
}
