#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Coroutine statements that some compilers turn into double frees (CONTRIBUTING, rule 2).

g++ 12 miscompiles a `?:`, a `switch`, a brace list or a lambda in one statement with co_await, and two co_await in
one statement; a capturing lambda that is a coroutine, or a parameter bound to a temporary, dangles when it is resumed.
The check works on tokens, not on a parse tree: a brace group is a block when it holds a statement, else a list.
"""
import re
import sys

from sources import ROOT, project_files, report

TOKEN = re.compile(
    r'(?P<skip>//[^\n]*|/\*.*?\*/|^[ \t]*\#(?:[^\n\\]|\\\n|\\.)*'
    r'|(?:u8|[uUL])?R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"'
    r"|(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+')"
    r"|(?P<word>[A-Za-z_]\w*)|(?P<number>\d[\w.']*)|(?P<sign>->|::|&&|\[\[|\]\]|[^\s\w])",
    re.DOTALL | re.MULTILINE)
CLOSER = {"(": ")", "[": "]", "{": "}", "[[": "]]"}
STATEMENT_WORDS = {"if", "for", "while", "do", "switch", "try", "return", "co_return"}
AFTER_LAMBDA_INTRODUCER = {"(", "{", "->", "mutable", "noexcept", "<"}
AWAIT = {"co_await"}
COROUTINE = {"co_await", "co_return", "co_yield"}


def tokens_of(text):
    """(token, line) of the code, without comments, preprocessor lines; strings become a plain word."""
    result = []
    for found in TOKEN.finditer(text):
        skipped = found.group("skip")
        line = text.count("\n", 0, found.start()) + 1 if skipped is None or '"' in skipped else 0
        if skipped is None:
            result.append((found.group(), line))
        elif skipped[0] not in "/#" and not skipped.lstrip().startswith("#"):
            result.append(("text", text.count("\n", 0, found.start()) + 1))
    return result


class Source:
    def __init__(self, text):
        self.tokens = tokens_of(text)
        self.words = [token for token, _ in self.tokens]
        self.partner = {}
        stack = []
        for index, word in enumerate(self.words):
            if word in CLOSER:
                stack.append(index)
            elif stack and word == CLOSER[self.words[stack[-1]]]:
                opening = stack.pop()
                self.partner[opening] = index
                self.partner[index] = opening
            elif word == "]]" and stack and self.words[stack[-1]] == "[":  # a[b[0]] closes two
                opening = stack.pop()
                self.partner[opening] = index
                self.partner[index] = opening
                if stack and self.words[stack[-1]] == "[":
                    self.partner[stack.pop()] = index

    def line(self, index):
        return self.tokens[index][1]

    def is_block(self, opening):
        """Whether the brace group holds statements (else it is an initialiser list)."""
        index, end = opening + 1, self.partner.get(opening, len(self.words))
        if index == end:
            return opening > 0 and self.words[opening - 1] in (")", "else", "do", "try", "const", "override")
        while index < end:
            word = self.words[index]
            if word == ";" or word in STATEMENT_WORDS:
                return True
            index = self.partner.get(index, index) + 1 if word in CLOSER else index + 1
        return False

    def is_lambda(self, opening):
        """Whether the [ begins a lambda expression."""
        if self.words[opening] != "[" or opening not in self.partner:
            return False
        before = self.words[opening - 1] if opening else ";"
        after_index = self.partner[opening] + 1
        after = self.words[after_index] if after_index < len(self.words) else ";"
        subscript = before in (")", "]") or (re.match(r"\w", before) and before not in ("return", "co_return", "co_await"))
        return after in AFTER_LAMBDA_INTRODUCER and not subscript

    def statement(self, position):
        """First and one-past-last token of the statement around a co_await."""
        start = position
        while start > 0:
            word = self.words[start - 1]
            if word in (")", "]", "}", "]]") and start - 1 in self.partner:
                opening = self.partner[start - 1]
                if word == "}" and self.is_block(opening):
                    break
                head = self.words[opening - 1] if opening else ""
                if word == ")" and head in ("if", "for", "while", "switch", "constexpr"):
                    break  # the statement is the branch, not its condition
                start = opening
                continue
            if word in (";", "}", "else", "do") or (word == "{" and self.is_block(start - 1)):
                if word != ";" or not self._inside_for(start - 1):
                    break
            start -= 1
        end = position
        while end < len(self.words):
            word = self.words[end]
            if word in CLOSER and end in self.partner:
                if word == "{" and self.is_block(end) and not self._lambda_body(end):
                    break
                end = self.partner[end] + 1
                continue
            if word == ";" or (word == "}" and self.is_block(self.partner.get(end, 0))):
                break
            if word == ")" and end in self.partner and self.words[self.partner[end] - 1] in ("if", "while", "for", "switch") \
                    and self.partner[end] >= start:
                end += 1
                break
            end += 1
        return start, end

    def _inside_for(self, semicolon):
        depth = 0
        for index in range(semicolon - 1, -1, -1):
            word = self.words[index]
            if word in (")", "]", "}"):
                depth += 1
            elif word in ("(", "[", "{"):
                if depth == 0:
                    return word == "("
                depth -= 1
        return False

    def _lambda_body(self, brace):
        for index in range(brace - 1, max(-1, brace - 60), -1):
            if self.words[index] in (";", "{", "}"):
                return False
            if self.words[index] == "[" and self.is_lambda(index):
                return True
        return False

    def lambda_body(self, opening):
        """Indices of the { and } of the lambda whose introducer opens here, or None."""
        index = self.partner[opening] + 1
        while index < len(self.words):
            word = self.words[index]
            if word == "{":
                return index, self.partner.get(index, len(self.words) - 1)
            if word in (";", "}", ")"):
                return None
            index = self.partner.get(index, index) + 1 if word in CLOSER else index + 1
        return None


def awaits(source):
    for position, word in enumerate(source.words):
        if word not in AWAIT:
            continue
        start, end = source.statement(position)
        inside = source.words[start:end]
        why = None
        if inside.count("co_await") > 1:
            why = "two co_await"
        elif "?" in inside:
            why = "?: with co_await"
        elif "switch" in inside:
            why = "switch over co_await"
        elif any(source.is_lambda(index) for index in range(start, end)):
            why = "lambda with co_await"
        elif "{" in inside:
            why = "brace list with co_await"
        if why:
            yield source.line(position), why + " in one statement: give the value a name first"


def lambdas(source):
    for opening, word in enumerate(source.words):
        if word != "[" or not source.is_lambda(opening) or source.partner[opening] == opening + 1:
            continue
        body = source.lambda_body(opening)
        if body is None:
            continue
        index = body[0] + 1
        while index < body[1]:
            if source.words[index] == "[" and source.is_lambda(index):
                inner = source.lambda_body(index)
                index = inner[1] + 1 if inner else index + 1
                continue
            if source.words[index] in COROUTINE:
                yield source.line(opening), "capturing lambda is a coroutine: use a function with parameters by value"
                break
            index += 1


def parameters(source):
    words = source.words
    for index, word in enumerate(words):
        if word != "Task" or index + 1 >= len(words) or words[index + 1] != "<":
            continue
        depth, position = 0, index + 1
        while position < len(words):
            depth += {"<": 1, ">": -1}.get(words[position], 0)
            position += 1
            if depth == 0 or words[position - 1] in (";", "{"):
                break
        while position + 1 < len(words) and (re.match(r"\w", words[position]) or words[position] in ("::", "~")):
            position += 1
        if position >= len(words) or words[position] != "(" or position not in source.partner \
                or not re.match(r"\w", words[position - 1]):
            continue
        angle, const = 0, False
        for inner in range(position + 1, source.partner[position]):
            angle += {"<": 1, ">": -1}.get(words[inner], 0)
            if angle == 0 and words[inner] in (",", "const"):
                const = words[inner] == "const"
            # a plain & cannot bind to a temporary: services that outlive every call may be passed so
            if angle == 0 and (words[inner] == "&&" or (words[inner] == "&" and const and words[inner - 1] != "(")):
                yield source.line(index), f"coroutine {words[position - 1]} takes a parameter that may be a temporary"
                break


def check(path, text, whole=True):
    """Problems of one file; whole=False leaves out what tests may do (they outlive their coroutines)."""
    source = Source(text)
    found = list(awaits(source))
    if whole:
        found += [*lambdas(source), *parameters(source)]
    return [f"{path}:{line}: {why}" for line, why in sorted(found)]


def main():
    problems = []
    for path in project_files((".h", ".cpp"), ["src", "tests"]):
        text = (ROOT / path).read_text(encoding="utf-8", errors="replace")
        if "co_" in text or "Task<" in text:
            problems += check(path, text, whole=path.parts[0] == "src")
    report("check_coawait", problems)


if __name__ == "__main__":
    sys.exit(main())
