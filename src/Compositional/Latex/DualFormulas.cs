namespace InfiniteNtk.Compositional.Latex;

/// <summary>An activation on paper.</summary>
/// <param name="Function">φ(x), with its parameters as letters.</param>
/// <param name="Dual">V(p, q, k) = E φ(u)φ(v); null: no closed form.</param>
/// <param name="Derivative">∂V/∂k = E φ′(u)φ′(v).</param>
internal sealed record DualFormula(string Function, string? Dual = null, string? Derivative = null);

/// <summary>
/// The closed forms by the name of the activation's signature. ϑ is the angle arccos(k/√(pq)); derivations and sources stand with
/// each activation.
/// </summary>
internal static class DualFormulas
{
    private const string Root = @"\sqrt{pq - k^2}";

    private static readonly Dictionary<string, DualFormula> _byName = new()
    {
        ["Relu"] = new(
            @"\max(x, 0)", $@"\frac{{1}}{{2\pi}}\Bigl({Root} + (\pi - \vartheta)\,k\Bigr)", @"\frac{\pi - \vartheta}{2\pi}"),
        ["LeakyRelu"] = new(
            @"\max(x, 0) + \alpha \min(x, 0)",
            $@"\frac{{(1 - \alpha)^2}}{{2\pi}}\Bigl({Root} - \vartheta k\Bigr) + \frac{{1 + \alpha^2}}{{2}}\,k",
            @"\frac{1 + \alpha^2}{2} - \frac{(1 - \alpha)^2}{2\pi}\,\vartheta"),
        ["AbRelu"] = new(
            @"\beta \max(x, 0) + \alpha \min(x, 0)",
            $@"\frac{{(\beta - \alpha)^2}}{{2\pi}}\Bigl({Root} - \vartheta k\Bigr) + \frac{{\alpha^2 + \beta^2}}{{2}}\,k",
            @"\frac{\alpha^2 + \beta^2}{2} - \frac{(\beta - \alpha)^2}{2\pi}\,\vartheta"),
        ["Abs"] = new(@"|x|", $@"\frac{{2}}{{\pi}}\Bigl({Root} - \vartheta k\Bigr) + k", @"1 - \frac{2\vartheta}{\pi}"),
        ["Sign"] = new(@"\operatorname{sign}(x)", @"1 - \frac{2\vartheta}{\pi}", @"0 \text{ (by convention)}"),
        ["Erf"] = new(
            @"a \operatorname{erf}(b x) + c",
            @"\frac{2a^2}{\pi} \arcsin \frac{2b^2 k}{\sqrt{(1 + 2b^2p)(1 + 2b^2q)}} + c^2",
            @"\frac{4a^2b^2}{\pi \sqrt{(1 + 2b^2p)(1 + 2b^2q) - 4b^4k^2}}"),
        ["SigmoidLike"] = new(
            @"\tfrac12 \operatorname{erf}(x/\lambda) + \tfrac12, \quad \lambda \approx 2.40206",
            @"\frac{1}{2\pi} \arcsin \frac{2k}{\sqrt{(\lambda^2 + 2p)(\lambda^2 + 2q)}} + \frac14",
            @"\frac{1}{\pi \sqrt{(\lambda^2 + 2p)(\lambda^2 + 2q) - 4k^2}}"),
        ["Gelu"] = new(
            @"x\,\Phi(x)",
            @"\frac{k}{4} + \frac{1}{2\pi}\Bigl(k \arctan\frac{k}{\delta} + \frac{k^2 + pq\,\delta^2}{(1 + p)(1 + q)\,\delta}\Bigr), \quad \delta^2 = (1 + p)(1 + q) - k^2",
            @"\frac14 + \frac{1}{2\pi}\arctan\frac{k}{\delta} + \frac{k}{2\pi\delta}\Bigl(\frac{1}{\delta^2} + \frac{1 - pq}{(1 + p)(1 + q)} + 1\Bigr)"),
        ["Sin"] = new(
            @"a \sin(b x + c)",
            @"\frac{a^2}{2}\bigl(E_- - \cos(2c)\,E_+\bigr), \quad E_\mp = e^{-b^2(p + q \mp 2k)/2}",
            @"\frac{a^2 b^2}{2}\bigl(E_- + \cos(2c)\,E_+\bigr)"),
        ["Cos"] = new(
            @"a \cos(b x + c)",
            @"\frac{a^2}{2}\bigl(E_- + \cos(2c)\,E_+\bigr), \quad E_\mp = e^{-b^2(p + q \mp 2k)/2}",
            @"\frac{a^2 b^2}{2}\bigl(E_- - \cos(2c)\,E_+\bigr)"),
        ["Rbf"] = new(@"\sqrt2 \sin\bigl(\sqrt{2\gamma}\,x + \tfrac{\pi}{4}\bigr)", @"e^{-\gamma(p + q - 2k)}", @"2\gamma\,e^{-\gamma(p + q - 2k)}"),
        ["Exp"] = new(@"a\,e^{bx}", @"a^2 e^{b^2((p + q)/2 + k)}", @"a^2 b^2 e^{b^2((p + q)/2 + k)}"),
        ["Gaussian"] = new(
            @"a\,e^{bx^2}", @"a^2 \Delta^{-1/2}, \quad \Delta = (1 - 2bp)(1 - 2bq) - 4b^2k^2", @"4a^2b^2\,k\,\Delta^{-3/2}"),
        ["ExpNormalized"] = new(
            @"\text{(a kernel, no function)}", @"\sqrt{pq}\;e^{\gamma(k/\sqrt{pq} + \tau)}", @"\gamma\,e^{\gamma(k/\sqrt{pq} + \tau)}"),
        ["Gabor"] = new(
            @"e^{-x^2} \sin x",
            @"\frac{e^{-(\Sigma + d + 2k)/2M}\bigl(e^{2k/M} - 1\bigr)}{2\sqrt{M}}, \quad \Sigma = p + q,\ d = 4(pq - k^2),\ M = 1 + 2\Sigma + d",
            @"\frac{e^{-(\Sigma + d + 2k)/2M}\bigl((U - W) + e^{2k/M}(U + W)\bigr)}{2M^{5/2}}, \quad U = 1 + 2\Sigma + 4(k^2 + pq),\ W = 4k(d + 3\Sigma + 2)"),
        ["Hermite"] = new(
            @"\mathrm{He}_n(x)/\sqrt{n!}",
            @"n! \sum_{j \le n/2} \frac{k^{n-2j} \bigl((p - 1)(q - 1)/4\bigr)^j}{(n - 2j)!\,(j!)^2}", @"n\,V_{n-1}(p, q, k)"),
        ["Monomial"] = new(
            @"x^n", @"(n!)^2 \sum_{j \le n/2} \frac{k^{n-2j} (pq/4)^j}{(n - 2j)!\,(j!)^2}", @"n^2\,V_{n-1}(p, q, k)"),
        ["RectifiedMonomial"] = new(
            @"\mathbf{1}[x \ge 0]\,x^n",
            @"\frac{(pq)^{n/2}}{2\pi} J_n(\vartheta), \quad J_0 = \pi - \vartheta,\ J_1 = \sin\vartheta + (\pi - \vartheta)\cos\vartheta,\ J_{m+1} = (2m + 1)\cos\vartheta\,J_m + m^2 \sin^2\vartheta\,J_{m-1}",
            @"\frac{n^2 (pq)^{(n-1)/2}}{2\pi} J_{n-1}(\vartheta)"),
        ["Polynomial"] = new(
            @"\textstyle\sum_i c_i x^i",
            @"\sum_l R_l(p) R_l(q)\,k^l, \quad R_l(v) = \sum_i \frac{c_{2i+l}\,(2i + l)!}{2^i\,i!\,\sqrt{l!}}\,v^i",
            @"\sum_{l \ge 1} l\,R_l(p) R_l(q)\,k^{l-1}"),
        ["Tanh"] = new(@"\tanh x"),
        ["Sigmoid"] = new(@"1/(1 + e^{-x})"),
        ["Softplus"] = new(@"\log(1 + e^x)"),
        ["Swish"] = new(@"x/(1 + e^{-x})"),
        ["Elu"] = new(@"x \text{ for } x > 0, \text{ else } e^x - 1"),
        ["Selu"] = new(@"\lambda x \text{ for } x > 0, \text{ else } \lambda\alpha(e^x - 1), \quad \lambda \approx 1.0507,\ \alpha \approx 1.67326"),
    };

    /// <summary>The letters that stand for the parameters of a signature, where they are not the parameter's own name.</summary>
    private static readonly Dictionary<string, string> _letters = new()
    {
        ["slope"] = @"\alpha",
        ["negativeSlope"] = @"\alpha",
        ["positiveSlope"] = @"\beta",
        ["gamma"] = @"\gamma",
        ["shift"] = @"\tau",
        ["degree"] = "n",
        ["coefficients"] = "c",
    };

    public static DualFormula? Find(string name) => _byName.GetValueOrDefault(name);

    public static string Letter(string parameter) => _letters.GetValueOrDefault(parameter, parameter);
}
