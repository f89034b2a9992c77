using Ecoscanner.Findings;

namespace Ecoscanner.Tests.Core.Findings;

public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("/issue/10001/panel", "/issue/{}/panel")]
    [InlineData("/page/6f1e2a90-7b0e-4b1e-9a53-1f2d3c4b5a69", "/page/{}")]
    [InlineData("/p/5f43a1c09be2d7aa01", "/p/{}")]
    [InlineData("/decade/facade", "/decade/facade")]
    [InlineData("/", "/")]
    public void Ids_in_a_path_do_not_change_its_identity(string path, string template) => Assert.Equal(template, PathTemplate.Of(path));
}
