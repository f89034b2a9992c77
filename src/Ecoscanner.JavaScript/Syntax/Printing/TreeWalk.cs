namespace Ecoscanner.JavaScript.Syntax.Printing;

/// <summary>Walks a whole tree from its root, each node before its children.</summary>
internal static class TreeWalk
{
    public static IEnumerable<TreeStep> Of(SyntaxTree tree)
    {
        // The nodes that are still to come, the next one on top: a tree may be deeper than the stack of a thread.
        var waiting = new Stack<TreeStep>();
        waiting.Push(new(tree.Root, default, 0, null));
        var children = new List<TreeStep>();
        while (waiting.TryPop(out var step))
        {
            yield return step;
            AddChildren(step, children);
            for (var index = children.Count - 1; index >= 0; index--)
            {
                waiting.Push(children[index]);
            }

            children.Clear();
        }
    }

    private static void AddChildren(TreeStep step, List<TreeStep> children)
    {
        foreach (var field in NodeShapes.Of(step.Node.Kind))
        {
            switch (field.Kind)
            {
                case FieldKind.Node when step.Node.Child(field.Role) is { Exists: true } child:
                    children.Add(new(child, step.Node, step.Depth + 1, field.Role));
                    break;
                case FieldKind.List:
                    foreach (var item in step.Node.List(field.Role))
                    {
                        children.Add(new(item, step.Node, step.Depth + 1, field.Role));
                    }

                    break;
                default:
                    break;
            }
        }
    }
}

/// <summary>A node met on a walk.</summary>
/// <param name="Node">The node; one that does not exist is a hole in a list.</param>
/// <param name="Parent">The node that has it; none for the root.</param>
/// <param name="Depth">0 for the root.</param>
/// <param name="Role">What it is to its parent; null for the root.</param>
internal readonly record struct TreeStep(Node Node, Node Parent, int Depth, NodeRole? Role);
