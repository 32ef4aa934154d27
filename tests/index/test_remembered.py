"""What is worked out of a text is worked out once, for as many texts as are remembered."""

from index.remembered import Remembered


def test_the_first_texts_are_worked_out_once_and_all_others_each_time() -> None:
    asked: list[str] = []

    def upper(text: str) -> str:
        asked.append(text)
        return text.upper()

    known = Remembered(upper, 2)
    assert [known[text] for text in ("a", "b", "c", "a", "b", "c")] == ["A", "B", "C", "A", "B", "C"]
    assert asked == ["a", "b", "c", "c"]
    assert len(known) == 2
