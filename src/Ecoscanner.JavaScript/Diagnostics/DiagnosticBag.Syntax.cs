using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Diagnostics;

/// <remarks>What lexer and parser say.</remarks>
internal sealed partial class DiagnosticBag
{
    public void Expected(TextSpan span, string expected, string found) => Error("token-expected", span, $"expected {Quoted(expected)}, found {Quoted(found)}");

    public void TooDeep(TextSpan span, int limit) => Error("nesting-too-deep", span, $"more than {limit} levels of nesting; what is inside is not read");

    public void UnexpectedCharacter(TextSpan span, char character) =>
        Error("character-unexpected", span, $"no token begins with the character U+{(int)character:X4}");

    public void InvalidRegularExpression(TextSpan span, string message) => Error("regular-expression-invalid", span, message);

    public void SuperOutsideMethod(TextSpan span, bool isCall) =>
        Error(
            "super-outside",
            span,
            isCall ? "super() stands only in the constructor of a class that extends another" : "\"super\" stands only in methods and fields"
        );

    public void ReservedName(TextSpan span, string name) => Error("name-reserved", span, $"\"{name}\" can't be a name here");

    public void InvalidTarget(TextSpan span, bool isBinding) =>
        Error("target-invalid", span, isBinding ? "expected a name or a pattern" : "nothing can be assigned to this");

    public void ModifierHere(TextSpan span, string modifier) => Error("modifier-misplaced", span, $"the modifier \"{modifier}\" can't stand here");

    public void ConstructorName(TextSpan span, string what) => Error("member-name", span, $"a class can't have {what}");

    public void UndeclaredPrivateName(TextSpan span, string name) => Error("private-name-undeclared", span, $"no class around declares #{name}");

    public void DuplicatePrivateName(TextSpan span, string name) => Error("private-name-duplicate", span, $"the class declares #{name} already");

    public void IsFlow(TextSpan span) =>
        Add("flow-source", DiagnosticSeverity.Note, span, "the source says that it is Flow's; its types are read as far as they look like TypeScript's");

    public void JumpOutsideLoop(TextSpan span, bool isBreak) =>
        Error("jump-outside", span, isBreak ? "\"break\" without a label stands only in loops and switches" : "\"continue\" stands only in loops");

    public void ContinueToNoLoop(TextSpan span, string label) => Error("continue-to-no-loop", span, $"the label \"{label}\" names no loop");

    public void UnknownLabel(TextSpan span, string label) => Error("label-unknown", span, $"there is no label \"{label}\" around this");

    public void DuplicateLabel(TextSpan span, string label) => Error("label-duplicate", span, $"the label \"{label}\" stands around this already");

    public void Undecoded(DecodingProblem problem)
    {
        var (code, message) = problem.Kind switch
        {
            DecodingProblemKind.Binary => ("source-binary", $"the file is binary (byte {problem.Offset} is zero) and is not read"),
            DecodingProblemKind.LoneSurrogate => ("surrogate-alone", $"byte {problem.Offset} begins half of a surrogate pair"),
            _ => ("bytes-invalid", $"byte {problem.Offset} is no UTF-8"),
        };
        Error(code, problem.Span, message);
    }

    private static string Quoted(string token) => token.Length > 0 && !char.IsAsciiLetter(token[0]) && token[0] != '"' ? $"\"{token}\"" : token;

    public void AbstractWithBody(TextSpan span) => Error("abstract-with-body", span, "what is abstract has neither body nor value");

    public void ArgumentsInInitializer(TextSpan span) =>
        Error("arguments-in-initializer", span, "\"arguments\" can't stand in a field's value or a static block");

    public void AwaitInParameters(TextSpan span) => Error("await-in-parameters", span, "\"await\" can't stand in parameters");

    public void BodyInAmbient(TextSpan span) => Error("body-in-ambient", span, "nothing that is only declared has a body");

    public void ConstructorTypeParameters(TextSpan span) => Error("constructor-type-parameters", span, "a constructor has no type parameters");

    public void DeclarationAsStatement(TextSpan span) =>
        Error("declaration-as-statement", span, "a declaration can't stand where a single statement is expected; put it in a block");

    public void DecoratorsOfConstructor(TextSpan span) => Error("decorators-of-constructor", span, "a constructor has no decorators");

    public void DecoratorsOnBothSides(TextSpan span) => Error("decorators-split", span, "decorators stand before or after \"export\", not both");

    public void DefiniteHere(TextSpan span) => Error("definite-misplaced", span, "\"!\" goes with a type, and without a value");

    public void DeleteOfName(TextSpan span) => Error("delete-of-name", span, "strict code can't delete a name");

    public void DeleteOfPrivateName(TextSpan span) => Error("delete-of-private-name", span, "a private member can't be deleted");

    public void DigitExpected(TextSpan span) => Error("digit-expected", span, "expected a digit");

    public void DuplicateAttribute(TextSpan span) => Error("attribute-duplicate", span, "the attribute stands here already");

    public void DuplicateConstructor(TextSpan span) => Error("constructor-duplicate", span, "the class has a constructor already");

    public void DuplicateDefault(TextSpan span) => Error("default-duplicate", span, "the switch has a default already");

    public void DuplicateModifier(TextSpan span) => Error("modifier-duplicate", span, "the modifier stands here already");

    public void EmptyTypeList(TextSpan span) => Error("type-list-empty", span, "expected a type between \"<\" and \">\"");

    public void EnumMemberName(TextSpan span) => Error("enum-member-name", span, "the name of an enumeration's member is a name or a string");

    public void EscapedKeyword(TextSpan span) => Error("keyword-escaped", span, "a keyword is written without escapes");

    public void EscapedRegularExpressionFlags(TextSpan span) =>
        Error("regular-expression-flags", span, "the flags of a regular expression are written without escapes");

    public void ExportOfUsing(TextSpan span) => Error("export-of-using", span, "\"using\" can't be exported");

    public void ExtendsAfterImplements(TextSpan span) => Error("extends-after-implements", span, "\"extends\" stands before \"implements\"");

    public void ForAwaitOutsideAsync(TextSpan span) => Error("for-await-outside", span, "\"for await\" stands only where \"await\" may");

    public void ForAwaitWithoutOf(TextSpan span) => Error("for-await-without-of", span, "\"for await\" goes with \"of\"");

    public void ForOfStart(TextSpan span) => Error("for-of-start", span, "the head of a for-of loop can't begin with \"let\" or be \"async\"");

    public void FunctionTypeNeedsParentheses(TextSpan span) =>
        Error("function-type-in-union", span, "a function type in a union or intersection needs parentheses");

    public void GeneratorWithoutBody(TextSpan span) => Error("generator-without-body", span, "a generator has a body");

    public void GetterWithParameters(TextSpan span) => Error("getter-parameters", span, "a getter has no parameters");

    public void HeritageName(TextSpan span) => Error("heritage-name", span, "expected the name of a type");

    public void ImportMetaInScript(TextSpan span) => Error("import-meta-in-script", span, "\"import.meta\" stands only in modules");

    public void IndexSignatureParameter(TextSpan span) => Error("index-signature-parameter", span, "an index signature has one parameter");

    public void InitializerExpected(TextSpan span) => Error("initializer-expected", span, "expected \"=\" and an initial value");

    public void InstantiationInChain(TextSpan span) => Error("instantiation-in-chain", span, "type arguments need a call here");

    public void InterfaceImplements(TextSpan span) => Error("interface-implements", span, "an interface extends, it does not implement");

    public void InvalidEscape(TextSpan span) =>
        Error(
            "escape-invalid",
            span,
            "the escape is not complete: \\x takes two hexadecimal digits, \\u four, or some in braces up to 10FFFF; octal escapes can't stand in templates"
        );

    public void InvalidIdentifierEscape(TextSpan span) => Error("escape-in-name", span, "the escape stands for no character that a name may have");

    public void InvalidSeparator(TextSpan span) => Error("separator-misplaced", span, "a separator stands between two digits");

    public void LegacyOctal(TextSpan span) => Error("octal-legacy", span, "strict code has no old octal numbers or escapes; write 0o17");

    public void LetNamedLet(TextSpan span) => Error("let-named-let", span, "\"let\" and \"const\" can't declare \"let\"");

    public void LoneSurrogateName(TextSpan span) => Error("module-name-surrogate", span, "a name that is a string has no half of a surrogate pair");

    public void MergeMarker(TextSpan span) =>
        Error("merge-marker", span, "a merge left a conflict here; both sides are read, and one of them with the marked lines has to go");

    public void MixedCoalescing(TextSpan span) => Error("coalescing-mixed", span, "\"??\" with \"||\" or \"&&\" needs parentheses");

    public void ModifierOfPrivateName(TextSpan span) => Error("modifier-of-private-name", span, "a private name has no such modifier");

    public void ModuleSyntaxInScript(TextSpan span) => Error("module-syntax-in-script", span, "\"import\" and \"export\" stand only in modules");

    public void ModuleSyntaxInside(TextSpan span) => Error("module-syntax-inside", span, "\"import\" and \"export\" stand only at the top of a module");

    public void NewLineAfterThrow(TextSpan span) => Error("line-after-throw", span, "no line may end after \"throw\"");

    public void NewLineBeforeArrow(TextSpan span) => Error("line-before-arrow", span, "no line may end before \"=>\"");

    public void NewOfImport(TextSpan span) => Error("new-of-import", span, "\"new\" can't take import(); put it in parentheses");

    public void NewTargetOutsideFunction(TextSpan span) => Error("new-target-outside", span, "\"new.target\" stands only in functions");

    public void NumberFollowedByName(TextSpan span) => Error("number-before-name", span, "a name or digit follows the number; expected a space or an operator");

    public void OneSuperClass(TextSpan span) => Error("super-class-one", span, "a class extends one class");

    public void OneVariableInLoop(TextSpan span) => Error("loop-variables", span, "the loop declares one variable");

    public void OnlyInPattern(TextSpan span) => Error("pattern-only", span, "this can only stand in a pattern");

    public void OptionalHere(TextSpan span) => Error("optional-misplaced", span, "this member can't be optional");

    public void OptionalInNew(TextSpan span) => Error("optional-in-new", span, "\"?.\" can't stand in what \"new\" makes");

    public void OptionalWithInitializer(TextSpan span) => Error("optional-with-initializer", span, "a parameter has \"?\" or an initial value, not both");

    public void ParameterPropertyOutsideConstructor(TextSpan span) =>
        Error("parameter-property-outside", span, "a modifier makes a property only of a constructor's parameter");

    public void ParameterPropertyPattern(TextSpan span) => Error("parameter-property-pattern", span, "a parameter with a modifier is a plain name");

    public void PrivateNameOfSuper(TextSpan span) => Error("private-name-of-super", span, "\"super\" has no private members");

    public void RestNotLast(TextSpan span) => Error("rest-not-last", span, "a rest is the last, without a comma behind it");

    public void RestWithInitializer(TextSpan span) => Error("rest-initializer", span, "a rest has no initial value");

    public void ReturnOutsideFunction(TextSpan span) => Error("return-outside", span, "\"return\" stands only in functions");

    public void SetterWithoutOneParameter(TextSpan span) => Error("setter-parameters", span, "a setter has one parameter, and no rest");

    public void StrictWithPatterns(TextSpan span) => Error("strict-with-patterns", span, "a function with \"use strict\" takes plain parameters only");

    public void StringExportWithoutFrom(TextSpan span) => Error("export-string", span, "a string can only be exported from another module");

    public void SuperAlone(TextSpan span) => Error("super-alone", span, "expected \"(\", \".\" or \"[\" after \"super\"");

    public void TemplateInChain(TextSpan span) => Error("template-in-chain", span, "a template can't follow \"?.\"");

    public void TypeImportOfBoth(TextSpan span) => Error("type-import-of-both", span, "a type-only import takes a default or names, not both");

    public void TypeInLoopHead(TextSpan span) => Error("loop-type", span, "the variable of this loop has no type of its own");

    public void TypeOnlyAlias(TextSpan span) => Error("type-only-alias", span, "a type-only import needs require()");

    public void UnaryBeforeExponent(TextSpan span) => Error("exponent-of-unary", span, "the operator before \"**\" needs parentheses");

    public void UnmatchedBrace(TextSpan span) => Error("brace-unmatched", span, "nothing is open that this brace would close");

    public void UnterminatedComment(TextSpan span) => Error("comment-unterminated", span, "the comment does not end; expected \"*/\"");

    public void UnterminatedRegularExpression(TextSpan span) =>
        Error("regular-expression-unterminated", span, "the regular expression does not end on its line; expected \"/\"");

    public void UnterminatedString(TextSpan span) => Error("string-unterminated", span, "the string does not end on its line; expected its quote");

    public void UnterminatedTemplate(TextSpan span) => Error("template-unterminated", span, "the template does not end; expected \"`\"");

    public void UsingInForIn(TextSpan span) => Error("using-in-for-in", span, "\"using\" can't stand in a for-in loop");

    public void UsingPattern(TextSpan span) => Error("using-pattern", span, "\"using\" declares plain names");

    public void ValueInAmbient(TextSpan span) => Error("value-in-ambient", span, "nothing that is only declared has a value");

    public void ValueInLoopHead(TextSpan span) => Error("loop-initializer", span, "the variable of this loop has no initial value");

    public void ValueInType(TextSpan span) => Error("value-in-type", span, "a member of a type has no value");

    public void WithInStrict(TextSpan span) => Error("with-in-strict", span, "strict code has no \"with\"");

    public void YieldInParameters(TextSpan span) => Error("yield-in-parameters", span, "\"yield\" can't stand in parameters");
}
