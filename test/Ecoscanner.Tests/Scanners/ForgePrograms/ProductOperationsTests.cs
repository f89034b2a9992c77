using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Tests.Scanners.ForgePrograms;

public sealed class ProductOperationsTests
{
    [Theory]
    [InlineData(ForgeProduct.Jira, "GET", "rest/api/3/issue/*", "/rest/api/3/issue/*")]
    [InlineData(ForgeProduct.Jira, "GET", "rest/api/latest/issue/ABC-1", "/rest/api/3/issue/*")]
    [InlineData(ForgeProduct.Jira, "GET", "rest/api/2/issue/createmeta", "/rest/api/3/issue/createmeta")]
    [InlineData(ForgeProduct.Jira, "POST", "rest/api/3/issue/*/comment", "/rest/api/3/issue/*/comment")]
    [InlineData(ForgeProduct.Jira, "GET", "rest/api/3/search*", "/rest/api/3/search")]
    [InlineData(ForgeProduct.Jira, "GET", "rest/servicedeskapi/request/*", "/rest/servicedeskapi/request/*")]
    [InlineData(ForgeProduct.Confluence, "GET", "wiki/api/v2/pages/*", "/wiki/api/v2/pages/*")]
    [InlineData(ForgeProduct.Bitbucket, "GET", "2.0/repositories/*/*", "/2.0/repositories/*/*")]
    [InlineData(ForgeProduct.Jira, "PATCH", "rest/api/3/issue/*", "")]
    [InlineData(ForgeProduct.Jira, "GET", "rest/api/3/none", "")]
    [InlineData(ForgeProduct.Confluence, "GET", "wiki/rest/api/content", "")]
    public void A_route_leads_to_the_operation_that_is_meant(ForgeProduct product, string method, string path, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                ' ',
                ProductOperations
                    .Find(product, method, new([.. path.Split('/')], [], IsWhole: true))
                    .Select(operation => "/" + string.Join('/', operation.Segments))
            )
        );

    [Fact]
    public void A_route_that_goes_on_leads_to_all_below() =>
        Assert.Contains(
            ProductOperations.Find(ForgeProduct.Jira, "GET", new(["rest", "api", "3", "issue", "*"], [], IsWhole: false)),
            operation => operation.Segments is [.., "comment"]
        );

    [Fact]
    public void The_table_has_all_products_and_the_scopes_of_most_operations()
    {
        Assert.StartsWith("Atlassian's OpenAPI documents", ProductOperations.Version, StringComparison.Ordinal);
        foreach (var product in (ForgeProduct[])[ForgeProduct.Jira, ForgeProduct.Confluence, ForgeProduct.Bitbucket])
        {
            var operations = ProductOperations.All.Where(operation => operation.Product == product).ToList();
            Assert.True(operations.Count > 200);
            Assert.True(operations.Count(operation => !operation.Alternatives.IsEmpty) > 0.8 * operations.Count);
        }
    }
}
