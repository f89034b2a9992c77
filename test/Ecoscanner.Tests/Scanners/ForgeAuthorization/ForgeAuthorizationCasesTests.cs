using Ecoscanner.Scanners.ForgeAuthorization;
using Ecoscanner.Tests.Scanners.ForgeCases;

namespace Ecoscanner.Tests.Scanners.ForgeAuthorization;

/// <summary>Measures the scanner on annotated apps: those that it was made with, and those that it had not seen.</summary>
public sealed class ForgeAuthorizationCasesTests
{
    [Theory]
    [InlineData("Authorization")]
    [InlineData("AuthorizationHoldout")]
    [InlineData("AuthorizationFresh")]
    public Task It_finds_what_is_open_and_leaves_alone_what_is_not(string folder) =>
        ForgeCaseTests.AssertMeasuredAsync(folder, [new ForgeAuthorizationScanner()]);
}
