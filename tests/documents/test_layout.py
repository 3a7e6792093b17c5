"""What shares a page, and what may be parted."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bti.documents.canvas import BOTTOM, TOP
from bti.documents.layout import Block, Piece, flowing, paginate, space, tied

PAGE = BOTTOM - TOP


def lines(count, height=10.0):
    return [space(height) for _ in range(count)]


def block(*pieces, above=0.0, **more):
    return Block(list(pieces), above=above, **more)


def heading():
    return block(space(8), after=2)


def heights(pages):
    return [[len(part.pieces) for part in parts] for parts in pages]


def test_there_is_a_page_even_when_nothing_stands_on_it():
    assert paginate([]) == [[]]


def test_a_heading_moves_to_the_next_page_with_what_it_introduces():
    title, text = heading(), block(space(20))

    pages = paginate([block(space(PAGE - 15)), title, text])

    assert [[part.block for part in parts] for parts in pages][1] == [title, text]


def test_a_heading_below_a_heading_moves_along():
    outer, inner, text = heading(), heading(), block(space(20))

    pages = paginate([block(space(PAGE - 25)), outer, inner, text])

    assert [part.block for part in pages[1]] == [outer, inner, text]


def test_a_text_leaves_at_least_two_lines_on_each_side_of_a_page_break():
    pages = paginate([block(space(PAGE - 15)), block(*flowing(lines(4)))])
    assert heights(pages) == [[1], [4]]

    pages = paginate([block(space(PAGE - 35)), block(*flowing(lines(4)))])
    assert heights(pages) == [[1, 2], [2]]


def test_what_is_tied_moves_as_one():
    pages = paginate([block(space(PAGE - 45)), block(*tied(lines(5)))])

    assert heights(pages) == [[1], [5]]


def test_what_is_tied_but_taller_than_a_page_flows():
    pages = paginate([block(*tied(lines(60)))])

    assert [sum(counts) for counts in heights(pages)] == [25, 25, 10]


def test_signatures_take_the_end_of_what_is_signed_along():
    text, title, signing = block(*lines(5)), heading(), block(space(30), clings=True)

    pages = paginate([block(space(PAGE - 70)), text, title, signing])

    assert [(part.block, len(part.pieces)) for part in pages[1]] == [(text, 1), (title, 1), (signing, 1)]


def test_what_is_repeated_on_top_has_its_room_on_each_new_page():
    head = Piece(20, lambda canvas, y: None)

    pages = paginate([block(*lines(60), again=head)])

    assert heights(pages) == [[25], [23], [12]]
    assert [parts[0].begins for parts in pages] == [True, False, False]
    assert [parts[0].ends for parts in pages] == [False, False, True]


def test_the_air_above_a_block_is_left_out_at_the_top_of_a_page():
    pages = paginate([block(space(PAGE)), block(space(10), above=5)])

    assert pages[1][0].top == TOP


blocks = st.lists(
    st.builds(
        lambda pieces, above, after, clings: Block(pieces, above=above, after=after, clings=clings),
        st.lists(st.builds(lambda h, t: space(h)._replace(tied=t), st.floats(0, PAGE), st.booleans()), min_size=1),
        st.floats(0, 10),
        st.none() | st.floats(0, 5),
        st.booleans(),
    ),
    max_size=12,
)


@given(blocks)
def test_every_piece_is_placed_once_in_order_and_inside_the_page(drawn):
    pages = paginate(drawn)
    parts = [part for page in pages for part in page]

    assert [id(piece) for part in parts for piece in part.pieces] == [id(p) for b in drawn for p in b.pieces]
    for page in pages:
        assert all(part.bottom <= BOTTOM + 1e-6 for part in page)
        assert all(below.top >= above.bottom - 1e-6 for above, below in pairwise(page))
